/** What this agent claimed by hand, so that only chats which came by themselves are announced. */

export class Claims {
  /** @type {Set<string>} conversation ids */
  ids = new Set();
  /** Whether a chat is on its way whose id is not known yet. */
  claiming = false;

  /**
   * @param {{api: import('../api.js').Api, act: (id: string, action: string) => Promise<boolean>, show: (id: string) => Promise<void>,
   *   refused: (message: string) => void}} desk
   */
  constructor(desk) {
    this.desk = desk;
  }

  /** @param {string} id @returns {Promise<boolean>} whether this agent has it now */
  claim(id) {
    this.ids.add(id);
    return this.desk.act(id, 'claim');
  }

  /** Claims the chat that has waited longest, and shows it. @returns {Promise<boolean>} whether there was one */
  async claimNext() {
    this.claiming = true;
    try {
      const { conversation_id: id } = await this.desk.api.post('/queue/next');
      if (id) {
        this.ids.add(id);
        await this.desk.show(id);
      } else this.desk.refused('Nobody is waiting.');
      return Boolean(id);
    } catch (fault) {
      this.desk.refused(/** @type {Error} */ (fault).message);
      return false;
    } finally {
      this.claiming = false;
    }
  }
}
