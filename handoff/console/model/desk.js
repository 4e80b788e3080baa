/**
 * What the console knows: who is signed in, the queue, and the chats that were opened. Tells its screens by events:
 * `queue`, `chat` (detail: conversation id), `select`, `line`, `said` (detail: a sentence for the agent).
 */
import { Live } from './connection.js';

/** @typedef {import('../../widget/types').Event} DeskEvent */
/**
 * @typedef {{conversation_id: string, state: string, reason: string | null, priority: number, waiting_since: string | null,
 *   position: number | null, wants: string | null, agent: {id: string, name: string} | null,
 *   last_message: {from: string, text: string, at: string} | null, unread: number, page: any, version: number, service?: string, tags?: string[], team?: string | null,
 *   reply_due_at?: string | null, resolve_due_at?: string | null}} Summary
 * @typedef {{id: string, detail: any, events: Map<number, DeskEvent>, last: number, notes: any[], typing: number, read: number,
 *   fault: string}} Chat
 * @typedef {{client_id: string, conversation_id: string, text: string, fault?: string}} Unsent
 */

export class Desk extends EventTarget {
  /** @param {import('../api.js').Api} api @param {any} agent */
  constructor(api, agent) {
    super();
    this.api = api;
    this.agent = agent;
    /** @type {Summary[]} */
    this.queue = [];
    this.queueKnown = false;
    /** @type {Map<string, Chat>} */
    this.chats = new Map();
    this.selected = '';
    this.place = 'chats';
    this.shop = '';
    /** @type {import('./canned.js').Canned[]} */
    this.canned = [];
    /** @type {any[]} */
    this.team = [];
    /** @type {Set<string>} conversations that this agent took by hand */
    this.taken = new Set();
    this.taking = false;
    this.watched = '';
    /** @type {Set<string>} what this desk has been seen not to offer */
    this.lacks = new Set();
    /** @type {Map<string, Unsent>} */
    this.unsent = new Map(JSON.parse(localStorage.getItem('desk:unsent') ?? '[]'));
    this.live = new Live({ onframe: (frame) => this.take(frame), onstatus: () => this.tell('line') });
  }

  start() {
    this.live.start();
    addEventListener('hashchange', () => this.follow());
    for (const [place, type] of /** @type {const} */ ([[document, 'visibilitychange'], [window, 'focus']])) {
      place.addEventListener(type, () => this.selected && this.seen(this.selected));
    }
    this.follow();
    this.sendAll();
    this.api.get('/canned').then((known) => (this.canned = known.replies), () => {});
    this.api.get('/shop').then((shop) => (this.shop = shop.name), () => {});
    this.learnTeam();
  }

  /** Whether the agent may direct others. */
  get lead() {
    return this.agent.role === 'lead' || this.agent.role === 'admin';
  }

  get admin() {
    return this.agent.role === 'admin';
  }

  /** @param {string} what */
  can(what) {
    return !this.lacks.has(what);
  }

  async learnTeam() {
    try {
      this.team = (await this.api.get('/agents')).agents;
      this.tell('team');
    } catch {
      this.lacks.add('team');
    }
  }

  /** A write whose refusal is told to the agent. @param {string} method @param {string} path @param {object} [body] @returns {Promise<boolean>} */
  async call(method, path, body) {
    try {
      await this.api.call(method, path, body);
      return true;
    } catch (fault) {
      this.tell('said', /** @type {Error} */ (fault).message);
      return false;
    }
  }

  /** What the places in a canned reply stand for. @param {string} id @returns {Record<string, string | undefined>} */
  values(id) {
    const { brief, page } = this.chats.get(id)?.detail ?? {};
    const named = brief?.entities ?? {};
    return { agent: this.agent.name, shop: this.shop, order: named.order_number?.[0], product: named.product?.[0] ?? page?.title };
  }

  /** @param {string} what @param {any} [detail] */
  tell(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }

  follow() {
    const id = location.hash.match(/^#\/chats\/([\w-]+)$/)?.[1] ?? '';
    if (this.selected && this.selected !== id) {
      this.live.send({ type: 'unwatch', conversation_id: this.selected });
      this.watched = '';
    }
    this.selected = id;
    this.place = location.hash.match(/^#\/(team|settings)$/)?.[1] ?? 'chats';
    this.tell('select', id);
    if (id) this.load(id);
  }

  /** @param {string} id */
  select(id) {
    location.hash = id ? `#/chats/${id}` : '#/';
  }

  /** @param {string} id @returns {Chat} */
  chat(id) {
    const known = this.chats.get(id);
    if (known) return known;
    const chat = { id, detail: null, events: new Map(), last: 0, notes: [], typing: 0, read: 0, fault: '' };
    this.chats.set(id, chat);
    return chat;
  }

  /** @param {string} id */
  async load(id) {
    const chat = this.chat(id);
    try {
      const { events, notes, ...detail } = await this.api.get(`/conversations/${id}`);
      chat.detail = detail;
      chat.read = Math.max(chat.read, detail.shopper_read_seq ?? 0);
      chat.notes = notes;
      chat.fault = '';
      events.forEach((/** @type {DeskEvent} */ e) => this.learn(chat, e));
      this.watch(chat);
    } catch (fault) {
      chat.fault = /** @type {Error} */ (fault).message;
    }
    this.tell('chat', id);
  }

  /** @param {Chat} chat */
  watch(chat) {
    // Watching says "read" to the shopper: not again while it goes on, for the agent may look elsewhere by then.
    if (chat.id !== this.selected || chat.id === this.watched) return;
    this.watched = chat.id;
    this.live.send({ type: 'watch', conversation_id: chat.id, after: chat.last });
  }

  /** @param {any} frame */
  take(frame) {
    if (frame.type === 'queue') {
      this.queue = frame.conversations;
      this.queueKnown = true;
      for (const summary of this.queue) {
        const chat = this.chats.get(summary.conversation_id);
        if (chat?.detail && chat.detail.version < summary.version) {
          Object.assign(chat.detail, { state: summary.state, agent: summary.agent, reason: summary.reason, version: summary.version });
          this.tell('chat', chat.id);
        }
      }
      this.tell('queue');
    } else if (frame.type === 'ready') {
      this.watched = '';
      if (this.selected) this.load(this.selected);
      this.sendAll();
    } else if (frame.type === 'event') this.event(frame.conversation_id, frame.event);
    else if (frame.type === 'error') this.tell('said', frame.error.message);
  }

  /** @param {string} id @param {any} event */
  event(id, event) {
    const chat = this.chat(id);
    const fresh = this.learn(chat, event);
    if (event.type === 'state') this.moved(chat, event);
    if (event.type === 'viewers' && chat.detail) chat.detail.viewers = event.agents;
    if (fresh && event.type === 'message' && event.from === 'shopper') this.seen(id);
    this.tell('chat', id);
  }

  /** The agent has it before their eyes: the shopper's mark and the count of unread messages follow. @param {string} id */
  seen(id) {
    if (id === this.selected && !document.hidden && document.hasFocus()) this.live.send({ type: 'read', conversation_id: id });
  }

  /** @param {Chat} chat @param {any} event @returns {boolean} */
  learn(chat, event) {
    if (event.type === 'note') {
      if (!chat.notes.some((n) => n.number === event.number)) chat.notes.push(event);
      return false;
    }
    if (event.type === 'typing' && event.from === 'shopper') chat.typing = Date.now();
    if (event.type === 'read') {
      if (event.from === 'shopper') chat.read = Math.max(chat.read, event.seq ?? 0);
      return false;
    }
    if (event.seq == null || chat.events.has(event.seq)) return false;
    chat.events.set(event.seq, event);
    chat.last = Math.max(chat.last, event.seq);
    if (event.from === 'shopper') chat.typing = 0;
    if (event.client_id && this.unsent.delete(event.client_id)) this.keepUnsent();
    return true;
  }

  /** @param {Chat} chat @param {any} event */
  moved(chat, event) {
    if (!chat.detail) return;
    chat.detail.state = event.state;
    chat.detail.agent = event.state === 'assigned' ? event.agent ?? chat.detail.agent : null;
    if (event.reason) chat.detail.reason = event.reason;
    // The brief is not an event: fetch the rest of what changed.
    if (chat.id === this.selected) this.load(chat.id);
  }

  /** Moves a conversation, and says so when that was refused. @param {string} id @param {string} how @param {object} [body] */
  async move(id, how, body) {
    if (how === 'claim') this.taken.add(id);
    try {
      await this.api.post(`/conversations/${id}/${how}`, body);
      await this.load(id);
      return true;
    } catch (fault) {
      this.tell('said', /** @type {Error} */ (fault).message);
      this.load(id);
      return false;
    }
  }

  /** Takes the chat that has waited longest. @returns {Promise<string | null>} its id; null when there was none */
  async takeNext() {
    this.taking = true;
    try {
      const { conversation_id: id } = await this.api.post('/queue/next');
      if (!id) {
        this.tell('said', 'Nobody is waiting.');
        return null;
      }
      this.taken.add(id);
      this.select(id);
      await this.load(id);
      return id;
    } catch (fault) {
      this.tell('said', /** @type {Error} */ (fault).message);
      return null;
    } finally {
      this.taking = false;
    }
  }

  /** @param {string} id */
  mine(id) {
    const { state, agent } = this.chat(id).detail ?? {};
    return state === 'assigned' && agent?.id === this.agent.id;
  }

  keepUnsent() {
    localStorage.setItem('desk:unsent', JSON.stringify([...this.unsent]));
  }

  /** @param {string} id @param {string} text */
  reply(id, text) {
    const client_id = crypto.randomUUID();
    this.unsent.set(client_id, { client_id, conversation_id: id, text });
    this.keepUnsent();
    this.tell('chat', id);
    this.send(client_id);
  }

  sendAll() {
    for (const [id, unsent] of this.unsent) if (!unsent.fault) this.send(id);
  }

  /** Sends one reply, again and again with the same `client_id` until it is stored or refused. @param {string} clientId */
  async send(clientId) {
    const unsent = this.unsent.get(clientId);
    if (!unsent) return;
    try {
      await this.api.post(`/conversations/${unsent.conversation_id}/replies`, { client_id: clientId, text: unsent.text });
      unsent.fault = '';
    } catch (fault) {
      const { status, message } = /** @type {any} */ (fault);
      if (status === 0 || status === 429 || status >= 500) setTimeout(() => this.send(clientId), 3000);
      else unsent.fault = message;
    }
    this.keepUnsent();
    this.tell('chat', unsent.conversation_id);
  }

  /** @param {string} clientId @returns {string} the text of a reply that was refused */
  takeBack(clientId) {
    const text = this.unsent.get(clientId)?.text ?? '';
    this.unsent.delete(clientId);
    this.keepUnsent();
    return text;
  }
}
