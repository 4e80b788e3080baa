/**
 * What a shopper wrote and the desk is not known to have, oldest first. Sends it until it is stored or refused;
 * the browser keeps it meanwhile.
 * @typedef {import('./types').Unsent} Unsent
 */
import { oneTab } from './one_tab.js';

/** Refusals that time mends. */
const PASSING = new Set(['rate_limited', 'storage_unavailable']);

/** @param {Unsent} m */
const frame = ({ client_id, text, page }) => ({ type: 'message', client_id, text, ...(page && { page }) });

export class Outbox {
  /** @type {Map<string, Unsent>} by client_id */
  pending = new Map();
  /** @type {Set<string>} sent on the connection that is up now */
  underway = new Set();

  /**
   * @param {{vault: import('./vault.js').Vault, connection: import('./connection.js').Connection, begin: () => Promise<boolean>,
   *   changed: () => void}} chat `begin` opens a conversation when there is none, and connects
   */
  constructor(chat) {
    this.chat = chat;
    this.restore();
  }

  /** Forgets this page's own; takes up what the browser keeps. */
  restore() {
    this.pending = new Map(this.chat.vault.unsent().map((m) => [m.client_id, m]));
    this.underway.clear();
  }

  /** @param {Unsent} message */
  add(message) {
    this.pending.set(message.client_id, message);
    this.chat.vault.keep(message);
    this.chat.changed();
    this.flush();
  }

  unsent() {
    return [...this.pending.values()].filter((m) => !m.refused && !this.underway.has(m.client_id));
  }

  /** Sends what is unsent, in order. */
  async flush() {
    const { chat } = this;
    if (!this.unsent().length || !(await chat.begin()) || !chat.connection.up) return;
    if (chat.connection.status === 'live') this.unsent().forEach((m) => chat.connection.send(frame(m)) && this.underway.add(m.client_id));
    else await oneTab('cornerdesk-send', () => this.postAll());
  }

  async postAll() {
    for (const message of this.unsent()) {
      this.underway.add(message.client_id);
      const { type, ...body } = frame(message);
      try {
        await this.chat.connection.post('/messages', body);
        this.stored(message.client_id);
      } catch (fault) {
        const { code, status, message: words } = /** @type {any} */ (fault);
        this.refused(message.client_id, status ? code : 'rate_limited', words);
      }
    }
  }

  /** The desk has it for good; its own event follows. @param {string} clientId */
  stored(clientId) {
    this.chat.vault.drop(clientId);
  }

  /** @param {string} clientId @param {string} code @param {string} words */
  refused(clientId, code, words) {
    const message = this.pending.get(clientId);
    if (!message) return;
    if (PASSING.has(code)) {
      setTimeout(() => {
        this.underway.delete(clientId);
        this.flush();
      }, 2500);
    } else {
      message.refused = words || code;
      this.chat.vault.keep(message);
    }
    this.chat.changed();
  }

  /** @param {string} clientId @returns {Unsent | undefined} */
  remove(clientId) {
    const message = this.pending.get(clientId);
    this.pending.delete(clientId);
    this.chat.vault.drop(clientId);
    return message;
  }

  /** Takes a refused message back. @param {string} clientId @returns {string} its text */
  takeBack(clientId) {
    const message = this.remove(clientId);
    this.chat.changed();
    return message?.shown ?? '';
  }

  /** Another tab wrote a message, or was told that it is stored. @param {string} clientId @param {Unsent | null} message */
  otherTab(clientId, message) {
    // Its own tab sends it; this one only shows it, and sends it when it connects next.
    if (message && !this.pending.has(clientId)) {
      this.pending.set(clientId, message);
      this.underway.add(clientId);
    } else if (!message && this.pending.get(clientId)?.refused) this.pending.delete(clientId);
  }
}
