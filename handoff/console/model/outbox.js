/**
 * Replies that are not known to be stored: kept in the browser, and sent until the desk has them or refuses them.
 * @typedef {{client_id: string, conversation_id: string, text: string, given?: import('./passages.js').Given | null, fault?: string}} Unsent
 */

const KEY = 'desk:unsent';
const AGAIN_MS = 3000;

/** Refusals that time mends. @param {number} status */
const passing = (status) => status === 0 || status === 429 || status >= 500;

export class Outbox {
  /** @param {{api: import('../api.js').Api, changed: (id: string) => void, storage?: Storage}} desk */
  constructor({ api, changed, storage = localStorage }) {
    this.api = api;
    this.changed = changed;
    this.storage = storage;
    /** @type {Map<string, Unsent>} by client_id */
    this.unsent = new Map(JSON.parse(storage.getItem(KEY) ?? '[]'));
  }

  save() {
    this.storage.setItem(KEY, JSON.stringify([...this.unsent]));
  }

  /** @param {string} id of a conversation @returns {Unsent[]} oldest first */
  of(id) {
    return [...this.unsent.values()].filter((u) => u.conversation_id === id);
  }

  /** @param {string} id of a conversation @param {string} text @param {import('./passages.js').Given | null} [given] the passages in it */
  add(id, text, given) {
    const client_id = crypto.randomUUID();
    this.unsent.set(client_id, { client_id, conversation_id: id, text, ...(given && { given }) });
    this.save();
    this.changed(id);
    this.send(client_id);
  }

  /** Sends what was not refused. */
  flush() {
    for (const [clientId, unsent] of this.unsent) if (!unsent.fault) this.send(clientId);
  }

  /** Sends one reply, again and again with the same `client_id` until it is stored or refused. @param {string} clientId */
  async send(clientId) {
    const unsent = this.unsent.get(clientId);
    if (!unsent) return;
    try {
      await this.api.post(`/conversations/${unsent.conversation_id}/replies`, { client_id: clientId, text: unsent.text, ...unsent.given });
      unsent.fault = '';
    } catch (fault) {
      const { status, message } = /** @type {import('../api.js').Refused} */ (fault);
      if (passing(status)) setTimeout(() => this.send(clientId), AGAIN_MS);
      else unsent.fault = message;
    }
    this.save();
    this.changed(unsent.conversation_id);
  }

  /** The reply's own event has come. @param {string} clientId */
  stored(clientId) {
    if (this.unsent.delete(clientId)) this.save();
  }

  /** @param {string} clientId @returns {string} the text of a reply that was refused */
  takeBack(clientId) {
    const text = this.unsent.get(clientId)?.text ?? '';
    this.unsent.delete(clientId);
    this.save();
    return text;
  }
}
