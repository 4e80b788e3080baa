/** The agent's connection to the desk: comes back by itself, and keeps the presence lease by heartbeats. */
import { backoff } from '../../widget/backoff.js';

const BEAT_MS = 10_000;

export class Connection {
  /** @param {{onframe: (frame: any) => void, onstatus: (up: boolean) => void}} desk */
  constructor(desk) {
    this.desk = desk;
    this.tries = 0;
    this.up = false;
    /** @type {WebSocket | null} */
    this.socket = null;
    this.stopped = true;
    this.timer = 0;
    this.heard = 0;
    addEventListener('online', () => this.hurry());
    document.addEventListener('visibilitychange', () => document.hidden || this.hurry());
  }

  start() {
    this.stopped = false;
    this.connect();
    this.pulse = setInterval(() => this.beat(), BEAT_MS);
  }

  stop() {
    this.stopped = true;
    clearInterval(this.pulse);
    clearTimeout(this.timer);
    this.socket?.close();
    this.say(false);
  }

  hurry() {
    if (!this.stopped && !this.up) {
      this.tries = 0;
      this.connect();
    } else this.beat();
  }

  /** @param {object} frame */
  send(frame) {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(frame));
  }

  /** @param {boolean} up */
  say(up) {
    if (up !== this.up) this.desk.onstatus((this.up = up));
  }

  beat() {
    this.send({ type: 'heartbeat' });
    if (this.up && Date.now() - this.heard > 3 * BEAT_MS) this.socket?.close();
  }

  connect() {
    clearTimeout(this.timer);
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/agent`);
    const old = this.socket;
    this.socket = socket;
    old?.close();
    socket.onmessage = ({ data }) => {
      if (socket !== this.socket) return;
      this.heard = Date.now();
      const frame = JSON.parse(data);
      if (frame.type === 'ready') {
        this.tries = 0;
        this.say(true);
      }
      this.desk.onframe(frame);
    };
    socket.onclose = () => {
      if (socket !== this.socket || this.stopped) return;
      this.say(false);
      this.timer = setTimeout(() => this.connect(), backoff(this.tries++));
    };
  }
}
