/**
 * One shopper's conversation: opened at the first word, picked up after a reload, begun anew when the desk knows it no more.
 * Tells its screen of every change by a `change` event; never touches the page itself.
 * @typedef {import('./types').DeskEvent} DeskEvent
 */
import { Connection } from './connection.js';
import { oneTab } from './one_tab.js';
import { Outbox } from './outbox.js';
import { apply, empty } from './transcript.js';

/** Refusals that say: this conversation is not to be had any more. */
const GONE = new Set(['unauthorized', 'forbidden', 'not_found']);

/** Not `randomUUID`: shops without https have none. */
const unique = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');

export class Chat extends EventTarget {
  transcript = empty();
  caughtUp = false;
  fault = '';
  goal = 0;
  due = false;
  again = 0;
  typedAt = 0;

  /** @param {{base: string, vault: import('./vault.js').Vault, page: () => import('./types').Page}} parts */
  constructor({ base, vault, page }) {
    super();
    this.base = base;
    this.vault = vault;
    this.page = page;
    this.connection = new Connection({
      base,
      credentials: () => vault.get('conversation'),
      after: () => this.transcript.last,
      onframe: (frame) => this.receive(frame),
      onstatus: (status) => {
        if (status === 'polling') this.ready({ last_seq: this.transcript.last });
        this.changed();
      },
    });
    this.outbox = new Outbox(this);
    vault.watch((key) => this.otherTab(key));
  }

  reset() {
    this.transcript = empty();
    this.caughtUp = false;
    this.fault = '';
    this.outbox.restore();
  }

  /** Picks up a conversation that is already there. */
  start() {
    if (this.vault.get('conversation')) this.connection.start();
    else this.outbox.flush();
  }

  get read() {
    return this.vault.get('read') ?? 0;
  }

  get unread() {
    const others = [...this.transcript.items.values()].filter((e) => e.type === 'message' && e.from !== 'shopper');
    return others.filter((e) => (e.seq ?? 0) > this.read).length;
  }

  changed() {
    if (this.due) return;
    this.due = true;
    queueMicrotask(() => {
      this.due = false;
      this.dispatchEvent(new Event('change'));
    });
  }

  /** @param {string} text @param {string} [shown] what the shopper sees instead, for a choice */
  say(text, shown = text) {
    this.typedAt = 0;
    this.outbox.add({ client_id: unique(), text, shown, page: this.page(), at: new Date().toISOString() });
  }

  /** Opens a conversation at the first word, once for all tabs. @returns {Promise<boolean>} */
  async begin() {
    if (!this.vault.get('conversation')) {
      try {
        await oneTab('cornerdesk-begin', () => this.open());
      } catch {
        clearTimeout(this.again);
        this.again = setTimeout(() => this.outbox.flush(), 3000 + Math.random() * 4000);
        this.fault = 'unreachable';
        this.changed();
        return false;
      }
    }
    this.fault = '';
    this.connection.start();
    return true;
  }

  async open() {
    if (this.vault.get('conversation')) return;
    const answer = await fetch(`${this.base}/api/v1/conversations`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ page: this.page() }),
    });
    if (!answer.ok) throw new Error(`${answer.status}`);
    this.vault.set('conversation', await answer.json());
  }

  /** @param {any} frame from the desk, or one event */
  receive(frame) {
    if (frame.type === 'ready') this.ready(frame);
    else if (frame.type === 'ack') this.outbox.stored(frame.client_id);
    else if (frame.type === 'error') this.error(frame);
    else if (frame.type !== 'pong') this.event(frame);
  }

  /** @param {any} frame */
  ready(frame) {
    this.outbox.underway.clear();
    this.caughtUp = this.transcript.last >= (frame.last_seq ?? 0);
    this.goal = frame.last_seq ?? 0;
    this.transcript.read = Math.max(this.transcript.read, frame.agent_read_seq ?? 0);
    this.outbox.flush();
    this.changed();
  }

  /** @param {DeskEvent} event */
  event(event) {
    if (event.type === 'message' && event.client_id) this.outbox.remove(event.client_id);
    const fresh = apply(this.transcript, event);
    if (this.transcript.last >= this.goal) this.caughtUp = true;
    if (!fresh) return;
    if (event.type === 'message' && event.from !== 'shopper' && this.caughtUp) this.dispatchEvent(new Event('arrival'));
    if (event.type === 'typing') setTimeout(() => this.changed(), 6100);
    this.changed();
  }

  /** @param {{error: {code: string, message: string}, client_id?: string}} frame */
  error({ error, client_id }) {
    if (client_id) this.outbox.refused(client_id, error.code, error.message);
    else if (GONE.has(error.code)) this.lost();
  }

  /** The desk no longer knows this conversation: what is unsent goes into a new one. */
  lost() {
    this.connection.stop();
    this.vault.set('conversation', null);
    this.vault.set('read', null);
    this.reset();
    this.changed();
    this.start();
  }

  /** Another tab wrote something. @param {string} key */
  otherTab(key) {
    if (key === 'conversation') {
      if (this.vault.get(key)) this.connection.start();
      else {
        this.connection.stop();
        this.reset();
      }
    } else if (key.startsWith('out:')) this.outbox.otherTab(key.slice(4), this.vault.get(key));
    this.changed();
  }

  /** Asks the desk for something besides a message. @param {string} what @param {object} [body] */
  async ask(what, body) {
    if (!(await this.begin())) throw new Error('unreachable');
    return this.connection.post(`/${what}`, body);
  }

  /** @param {number} seq @param {boolean} helpful */
  helpful(seq, helpful) {
    this.transcript.helpful.set(seq, helpful);
    this.changed();
    return this.ask('feedback', { seq, helpful });
  }

  typing() {
    if (Date.now() - this.typedAt < 3000) return;
    this.typedAt = Date.now();
    this.connection.send({ type: 'typing' });
  }

  markRead() {
    const { last } = this.transcript;
    if (last <= this.read) return;
    this.vault.set('read', last);
    this.connection.send({ type: 'read', seq: last });
    this.changed();
  }
}
