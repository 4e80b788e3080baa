/**
 * The connection to the desk: a WebSocket that comes back by itself, and long polling where sockets are blocked.
 * It resumes after the last `seq` seen, so nothing is missing and nothing is doubled.
 */
import { backoff } from './backoff.js';

const PING_MS = 25_000;
const READY_MS = 6_000;
const POLL_S = 20;

export class Connection {
  /**
   * @param {{base: string, credentials: () => {conversation_id: string, token: string} | null, after: () => number,
   *   onframe: (frame: any) => void, onstatus: (status: string) => void}} desk
   */
  constructor(desk) {
    this.desk = desk;
    this.tries = 0;
    this.deaf = 0; // sockets in a row that never became ready
    this.status = 'idle';
    /** @type {WebSocket | null} */
    this.socket = null;
    this.timer = 0;
    this.running = false;
    this.round = 0;
  }

  start() {
    if (this.running || !this.desk.credentials()) return;
    this.running = true;
    this.connect();
  }

  stop() {
    this.running = false;
    this.round++;
    clearTimeout(this.timer);
    this.socket?.close();
    this.socket = null;
    this.say('idle');
  }

  /** Whether messages can go out, by socket or by call. */
  get up() {
    return this.status === 'live' || this.status === 'polling';
  }

  /** Tries at once: the network is back, or the laptop woke up. */
  hurry() {
    if (!this.running) return;
    if (this.status === 'live' && this.socket) this.probe();
    else if (this.status === 'retrying') {
      this.tries = 0;
      this.connect();
    }
  }

  /** @param {object} frame @returns {boolean} whether it went out on a live socket */
  send(frame) {
    if (this.status !== 'live' || this.socket?.readyState !== 1) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  /** @param {string} status */
  say(status) {
    if (status !== this.status) this.desk.onstatus((this.status = status));
  }

  connect() {
    clearTimeout(this.timer);
    const round = ++this.round;
    if (this.deaf >= 2) {
      this.deaf = 0; // the next fall-back to `connect` gives sockets another chance
      this.poll(round);
      return;
    }
    if (!['retrying', 'polling'].includes(this.status)) this.say('connecting');
    const socket = (this.socket = new WebSocket(`${this.desk.base.replace(/^http/, 'ws')}/api/v1/shopper`));
    let ready = false;
    this.timer = setTimeout(() => socket.close(), READY_MS);
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', ...this.desk.credentials(), after: this.desk.after() }));
    socket.onmessage = ({ data }) => {
      if (round !== this.round) return;
      const frame = JSON.parse(data);
      if (frame.type === 'ready') {
        ready = true;
        this.tries = this.deaf = 0;
        this.say('live');
      }
      this.desk.onframe(frame);
      if (ready) this.beat(socket);
    };
    socket.onclose = () => {
      if (round !== this.round) return;
      if (!ready) this.deaf++;
      this.later();
    };
  }

  /** Pings a quiet socket, and closes one that does not answer. @param {WebSocket} socket @param {number} [after] */
  beat(socket, after = PING_MS) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (socket.readyState === 1) socket.send('{"type":"ping"}');
      this.timer = setTimeout(() => {
        socket.close();
        if (socket === this.socket && this.running) this.later(); // a dead network may never report the close
      }, READY_MS);
    }, after);
  }

  probe() {
    if (this.socket) this.beat(this.socket, 0);
  }

  later() {
    clearTimeout(this.timer);
    this.round++;
    this.socket = null;
    if (!this.running) return;
    this.say('retrying');
    this.timer = setTimeout(() => this.connect(), backoff(this.tries++));
  }

  /** @param {string} path @param {RequestInit} [init] @returns {Promise<any>} the answer, or a thrown {status, code} */
  async call(path, init = {}) {
    const { conversation_id, token } = this.desk.credentials() ?? { conversation_id: '', token: '' };
    const answer = await fetch(`${this.desk.base}/api/v1/conversations/${conversation_id}${path}`, {
      ...init,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    });
    const body = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(body.error?.message), { status: answer.status, code: body.error?.code });
    return body;
  }

  /** @param {string} path @param {object} [body] */
  post(path, body = {}) {
    return this.call(path, { method: 'POST', body: JSON.stringify(body) });
  }

  /** @param {number} round */
  async poll(round) {
    const until = Date.now() + 120_000;
    try {
      while (round === this.round && Date.now() < until) {
        const wait = this.status === 'polling' ? POLL_S : 0;
        const { events, queue, agent_read_seq: seq } = await this.call(`/events?after=${this.desk.after()}&wait=${wait}`);
        if (round !== this.round) return;
        events.forEach(this.desk.onframe);
        if (queue) this.desk.onframe(queue);
        this.desk.onframe({ type: 'read', from: 'agent', seq });
        this.tries = 0;
        this.say('polling');
      }
      if (round === this.round) this.connect();
    } catch (fault) {
      if (round !== this.round) return;
      const { code, message, status } = /** @type {any} */ (fault);
      if (status) this.desk.onframe({ type: 'error', error: { code, message } });
      this.deaf = 2; // stay with polling until it has worked
      this.later();
    }
  }
}
