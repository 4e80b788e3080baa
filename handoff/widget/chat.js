/**
 * One shopper's conversation: what was said, what is still on its way, and the line to the desk.
 * Tells its screen of every change by a `change` event; never touches the page itself.
 * @typedef {import('./types').Unsent} Unsent
 * @typedef {import('./types').Event} DeskEvent
 */
import { Link } from './link.js';
import { apply, empty } from './transcript.js';

/** Refusals that time mends. */
const PASSING = new Set(['rate_limited', 'storage_unavailable']);
/** Refusals that say: this conversation is not to be had any more. */
const GONE = new Set(['unauthorized', 'forbidden', 'not_found']);

/** One tab at a time, where the browser can promise that. @param {string} name @param {() => Promise<void>} work */
const alone = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work());

/** Not `randomUUID`: shops without https have none. */
const unique = () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');

export class Chat extends EventTarget {
  transcript = empty();
  /** @type {Map<string, Unsent>} */
  pending = new Map();
  /** @type {Set<string>} sent on the line that is up now */
  underway = new Set();
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
    this.reset();
    this.link = new Link({
      base,
      credentials: () => vault.get('conversation'),
      after: () => this.transcript.last,
      onframe: (frame) => this.take(frame),
      onstatus: (status) => {
        if (status === 'polling') this.ready({ last_seq: this.transcript.last });
        this.changed();
      },
    });
    vault.watch((key) => this.elsewhere(key));
  }

  reset() {
    this.transcript = empty();
    this.caughtUp = false;
    this.fault = '';
    this.pending = new Map(this.vault.unsent().map((m) => [m.client_id, m]));
    this.underway.clear();
  }

  /** Picks up a conversation that is already there. */
  start() {
    if (this.vault.get('conversation')) this.link.start();
    else if (this.pending.size) this.flush();
  }

  get live() {
    return this.link.status === 'live' || this.link.status === 'polling';
  }

  get read() {
    return this.vault.get('read') ?? 0;
  }

  get unread() {
    const heard = [...this.transcript.items.values()].filter((e) => e.type === 'message' && e.from !== 'shopper');
    return heard.filter((e) => (e.seq ?? 0) > this.read).length;
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
    const message = { client_id: unique(), text, shown, page: this.page(), at: new Date().toISOString() };
    this.typedAt = 0;
    this.pending.set(message.client_id, message);
    this.vault.keep(message);
    this.changed();
    this.flush();
  }

  /** Sends what is unsent, in order. */
  async flush() {
    if (!this.unsent().length) return;
    const ready = await this.begin();
    if (!ready || !this.live) return;
    if (this.link.status === 'live') this.unsent().forEach((m) => this.link.send(frame(m)) && this.underway.add(m.client_id));
    else await alone('cornerdesk-send', () => this.postAll());
  }

  unsent() {
    return [...this.pending.values()].filter((m) => !m.refused && !this.underway.has(m.client_id));
  }

  async postAll() {
    for (const message of this.unsent()) {
      this.underway.add(message.client_id);
      const { type, ...body } = frame(message);
      try {
        await this.link.post('/messages', body);
        this.stored(message.client_id);
      } catch (fault) {
        const { code, status, message: words } = /** @type {any} */ (fault);
        this.refused(message.client_id, status ? code : 'rate_limited', words);
      }
    }
  }

  /** Opens a conversation at the first word, once for all tabs. @returns {Promise<boolean>} */
  async begin() {
    if (!this.vault.get('conversation')) {
      try {
        await alone('cornerdesk-begin', () => this.open());
      } catch {
        clearTimeout(this.again);
        this.again = setTimeout(() => this.flush(), 3000 + Math.random() * 4000);
        this.fault = 'unreachable';
        this.changed();
        return false;
      }
    }
    this.fault = '';
    this.link.start();
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

  /** @param {any} frame one frame of the line, or one event */
  take(frame) {
    if (frame.type === 'ready') this.ready(frame);
    else if (frame.type === 'ack') this.stored(frame.client_id);
    else if (frame.type === 'error') this.error(frame);
    else if (frame.type !== 'pong') this.event(frame);
  }

  /** @param {any} frame */
  ready(frame) {
    this.underway.clear();
    this.caughtUp = this.transcript.last >= (frame.last_seq ?? 0);
    this.goal = frame.last_seq ?? 0;
    this.transcript.read = Math.max(this.transcript.read, frame.agent_read_seq ?? 0);
    this.flush();
    this.changed();
  }

  /** @param {DeskEvent} event */
  event(event) {
    if (event.type === 'message' && event.client_id) {
      this.pending.delete(event.client_id);
      this.vault.drop(event.client_id);
    }
    const fresh = apply(this.transcript, event);
    if (this.transcript.last >= this.goal) this.caughtUp = true;
    if (!fresh) return;
    if (event.type === 'message' && event.from !== 'shopper' && this.caughtUp) {
      this.dispatchEvent(new CustomEvent('heard', { detail: event }));
    }
    if (event.type === 'typing') setTimeout(() => this.changed(), 6100);
    this.changed();
  }

  /** The desk has it for good; its own event follows. @param {string} clientId */
  stored(clientId) {
    this.vault.drop(clientId);
  }

  /** @param {{error: {code: string, message: string}, client_id?: string}} frame */
  error({ error, client_id }) {
    if (client_id) this.refused(client_id, error.code, error.message);
    else if (GONE.has(error.code)) this.lost();
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
      this.vault.keep(message);
    }
    this.changed();
  }

  /** Takes a refused message back. @param {string} clientId @returns {string} its text */
  takeBack(clientId) {
    const message = this.pending.get(clientId);
    this.pending.delete(clientId);
    this.vault.drop(clientId);
    this.changed();
    return message?.shown ?? '';
  }

  /** The desk no longer knows this conversation: what is unsent goes into a new one. */
  lost() {
    this.link.stop();
    this.vault.set('conversation', null);
    this.vault.set('read', null);
    this.reset();
    this.changed();
    this.start();
  }

  /** Another tab wrote something. @param {string} key */
  elsewhere(key) {
    if (key === 'conversation') {
      if (this.vault.get(key)) this.link.start();
      else {
        this.link.stop();
        this.reset();
      }
    } else if (key.startsWith('out:')) {
      const message = this.vault.get(key);
      // Its own tab sends it; this one only shows it, and sends it when it connects next.
      if (message && !this.pending.has(message.client_id)) {
        this.pending.set(message.client_id, message);
        this.underway.add(message.client_id);
      } else if (!message && this.pending.get(key.slice(4))?.refused) this.pending.delete(key.slice(4));
    }
    this.changed();
  }

  /** Asks the desk for something besides a message. @param {string} what @param {object} [body] */
  async ask(what, body) {
    if (!(await this.begin())) throw new Error('unreachable');
    return this.link.post(`/${what}`, body);
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
    this.link.send({ type: 'typing' });
  }

  seen() {
    const { last } = this.transcript;
    if (last <= this.read) return;
    this.vault.set('read', last);
    this.link.send({ type: 'read', seq: last });
    this.changed();
  }
}

/** @param {Unsent} m */
const frame = ({ client_id, text, page }) => ({ type: 'message', client_id, text, ...(page && { page }) });
