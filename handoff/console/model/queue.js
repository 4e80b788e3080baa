/**
 * The queue: every chat that waits, is with an agent or was left as a message, as the desk sent it last.
 * @typedef {{conversation_id: string, state: string, reason: string | null, priority: number, waiting_since: string | null,
 *   position: number | null, wants: string | null, agent: {id: string, name: string} | null,
 *   last_message: {from: string, text: string, at: string} | null, unread: number, page: any, version: number, service?: string, tags?: string[], team?: string | null,
 *   reply_due_at?: string | null, resolve_due_at?: string | null}} Summary
 */

export class Queue {
  /** @type {Summary[]} in the desk's order */
  all = [];
  /** Whether the desk has sent it yet. */
  known = false;

  /** @param {Summary[]} all */
  replace(all) {
    this.all = all;
    this.known = true;
  }

  /** @param {string} id @returns {Summary | undefined} */
  find(id) {
    return this.all.find((s) => s.conversation_id === id);
  }

  /** @param {string} state @returns {Summary[]} */
  inState(state) {
    return this.all.filter((s) => s.state === state);
  }
}
