/** The chats that were opened: loads them, watches the one that is selected, and does what an agent decides about one. */
import { apply, applySummary, applyToDetail, emptyChat, fill } from './chat.js';

/** @typedef {import('./chat.js').Chat} Chat */

const inSight = () => !document.hidden && document.hasFocus();

export class Chats {
  /** @type {Map<string, Chat>} by conversation id */
  opened = new Map();
  /** The chat that the desk was told is watched. */
  watched = '';

  /**
   * @param {{api: import('../api.js').Api, agentId: string, selected: () => string, send: (frame: object) => void, stored: (clientId: string) => void,
   *   changed: (id: string) => void, refused: (message: string) => void, inSight?: () => boolean}} desk
   *   `inSight`: whether the agent has the console before their eyes
   */
  constructor(desk) {
    this.desk = { inSight, ...desk };
  }

  /** @param {string} id @returns {Chat | undefined} */
  get(id) {
    return this.opened.get(id);
  }

  /** @param {string} id @returns {Chat} an empty one, when it was not opened yet */
  open(id) {
    const chat = this.opened.get(id) ?? emptyChat(id);
    this.opened.set(id, chat);
    return chat;
  }

  /** @param {string} id */
  isMine(id) {
    const { state, agent } = this.get(id)?.detail ?? {};
    return state === 'assigned' && agent?.id === this.desk.agentId;
  }

  /** @param {string} id */
  async load(id) {
    const chat = this.open(id);
    try {
      const answer = await this.desk.api.get(`/conversations/${id}`);
      fill(chat, answer);
      for (const event of answer.events) this.apply(chat, event);
      this.watch(chat);
    } catch (fault) {
      chat.fault = /** @type {Error} */ (fault).message;
    }
    this.desk.changed(id);
  }

  /** @param {Chat} chat */
  watch(chat) {
    // Watching says "read" to the shopper: not again while it goes on, for the agent may look elsewhere by then.
    if (chat.id !== this.desk.selected() || chat.id === this.watched) return;
    this.watched = chat.id;
    this.desk.send({ type: 'watch', conversation_id: chat.id, after: chat.last });
  }

  /** @param {string} id */
  unwatch(id) {
    this.desk.send({ type: 'unwatch', conversation_id: id });
    this.watched = '';
  }

  /** A new connection watches nothing yet. */
  reconnected() {
    this.watched = '';
    if (this.desk.selected()) this.load(this.desk.selected());
  }

  /** @param {string} id @param {any} event */
  receive(id, event) {
    const chat = this.open(id);
    const fresh = this.apply(chat, event);
    applyToDetail(chat, event);
    // The brief is not an event: fetch the rest of what changed.
    if (event.type === 'state' && chat.detail && id === this.desk.selected()) this.load(id);
    if (fresh && event.type === 'message' && event.from === 'shopper') this.markRead(id);
    this.desk.changed(id);
  }

  /** @param {Chat} chat @param {any} event @returns {boolean} */
  apply(chat, event) {
    const fresh = apply(chat, event);
    if (fresh && event.client_id) this.desk.stored(event.client_id);
    return fresh;
  }

  /** @param {import('./queue.js').Summary[]} queue */
  update(queue) {
    for (const summary of queue) {
      const chat = this.get(summary.conversation_id);
      if (chat && applySummary(chat, summary)) this.desk.changed(chat.id);
    }
  }

  /** The agent has it before their eyes: the shopper's mark and the count of unread messages follow. @param {string} id */
  markRead(id) {
    if (id === this.desk.selected() && this.desk.inSight()) this.desk.send({ type: 'read', conversation_id: id });
  }

  /**
   * Claims, releases, returns, resolves, transfers, notes; a refusal is shown.
   * @param {string} id @param {string} action the last part of the address that does it @param {object} [body]
   * @returns {Promise<boolean>} whether it was done
   */
  async act(id, action, body) {
    try {
      await this.desk.api.post(`/conversations/${id}/${action}`, body);
      await this.load(id);
      return true;
    } catch (fault) {
      this.desk.refused(/** @type {Error} */ (fault).message);
      this.load(id);
      return false;
    }
  }
}
