/**
 * What the console knows, put together: takes the desk's frames, and tells the screens of every change by an event:
 * `queue`, `chat` (detail: conversation id), `select`, `connection`, `team`, `toast` (detail: a sentence for the agent).
 */
import { Canned, placeValues } from './canned.js';
import { Chats } from './chats.js';
import { Claims } from './claims.js';
import { Connection } from './connection.js';
import { Outbox } from './outbox.js';
import { Passages } from './passages.js';
import { Queue } from './queue.js';
import { chatHash, parseRoute } from './route.js';
import { Team } from './team.js';

export class Desk extends EventTarget {
  /** @param {import('../api.js').Api} api @param {{id: string, name: string, role: string}} agent who is signed in */
  constructor(api, agent) {
    super();
    this.api = api;
    this.agent = agent;
    this.route = parseRoute('');
    this.shop = '';
    const changed = (/** @type {string} */ id) => this.emit('chat', id);
    const refused = (/** @type {string} */ message) => this.toast(message);
    this.connection = new Connection({ onframe: (frame) => this.receive(frame), onstatus: () => this.emit('connection') });
    this.queue = new Queue();
    this.outbox = new Outbox({ api, changed });
    this.passages = new Passages();
    this.chats = new Chats({
      api, agentId: agent.id, changed, refused,
      selected: () => this.selected,
      send: (frame) => this.connection.send(frame),
      stored: (clientId) => this.outbox.stored(clientId),
    });
    this.claims = new Claims({ api, refused, act: (id, action) => this.chats.act(id, action), show: (id) => this.show(id) });
    this.canned = new Canned(api);
    this.team = new Team(api, () => this.emit('team'));
  }

  start() {
    this.connection.start();
    addEventListener('hashchange', () => this.follow());
    for (const [target, type] of /** @type {const} */ ([[document, 'visibilitychange'], [window, 'focus']])) {
      target.addEventListener(type, () => this.selected && this.chats.markRead(this.selected));
    }
    this.follow();
    this.outbox.flush();
    this.canned.load();
    this.api.get('/shop').then((shop) => (this.shop = shop.name), () => {});
    this.team.load();
  }

  /** Whether the agent may direct others. */
  get lead() {
    return this.agent.role === 'lead' || this.admin;
  }

  get admin() {
    return this.agent.role === 'admin';
  }

  /** The open chat's id, or nothing. */
  get selected() {
    return this.route.selected;
  }

  /** @param {string} type @param {any} [detail] */
  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** @param {string} sentence for the agent, shown for a while */
  toast(sentence) {
    this.emit('toast', sentence);
  }

  /** A write whose refusal is shown to the agent. @param {string} method @param {string} path @param {object} [body] @returns {Promise<boolean>} */
  async call(method, path, body) {
    try {
      await this.api.call(method, path, body);
      return true;
    } catch (fault) {
      this.toast(/** @type {Error} */ (fault).message);
      return false;
    }
  }

  /** Goes where the address says. */
  follow() {
    const [before, now] = [this.route, parseRoute(location.hash)];
    if (before.selected && before.selected !== now.selected) this.chats.unwatch(before.selected);
    this.route = now;
    this.emit('select', now.selected);
    if (now.selected) this.chats.load(now.selected);
  }

  /** @param {string} id of a chat, or nothing */
  select(id) {
    location.hash = chatHash(id);
  }

  /** @param {string} id */
  async show(id) {
    this.select(id);
    await this.chats.load(id);
  }

  /** @param {any} frame from the desk */
  receive(frame) {
    if (frame.type === 'queue') {
      this.queue.replace(frame.conversations);
      this.chats.update(this.queue.all);
      this.emit('queue');
    } else if (frame.type === 'ready') {
      this.chats.reconnected();
      this.outbox.flush();
    } else if (frame.type === 'event') this.chats.receive(frame.conversation_id, frame.event);
    else if (frame.type === 'error') this.toast(frame.error.message);
  }

  /** What the places in a canned reply stand for in a chat. @param {string} id */
  placeValues(id) {
    return placeValues(this.agent.name, this.shop, this.chats.get(id)?.detail);
  }
}
