/** Arrivals are never silent: a sound, the tab's title, and a desktop notification when the agent allows it. */
import { REASONS } from './when.js';

export class Alerts {
  /** @type {AudioContext | undefined} */ audio;
  /** @param {import('./model.js').Desk} desk */
  constructor(desk) {
    this.desk = desk;
    /** @type {Map<string, number> | null} what was seen, with its count of unread messages */
    this.seen = null;
    desk.addEventListener('queue', () => this.look());
    addEventListener('pointerdown', () => this.wake(), { once: true });
    addEventListener('keydown', () => this.wake(), { once: true });
  }

  /** Browsers let a page sound only after a touch. */
  wake() {
    this.audio ??= new AudioContext();
  }

  look() {
    const { queue, agent } = this.desk;
    const concern = queue.filter((s) => s.state === 'waiting' || s.state === 'message_left' || s.agent?.id === agent.id);
    const now = new Map(concern.map((s) => [s.conversation_id + s.state, s.unread]));
    const fresh = this.seen ? concern.filter((s) => !this.seen?.has(s.conversation_id + s.state) && s.state === 'waiting') : [];
    const spoken = this.seen ? concern.filter((s) => s.agent?.id === agent.id && s.unread > (this.seen?.get(s.conversation_id + s.state) ?? 0)) : [];
    this.seen = now;
    const waiting = concern.filter((s) => s.state === 'waiting').length;
    const unread = concern.filter((s) => s.agent?.id === agent.id && s.unread).length;
    document.title = `${waiting + unread ? `(${waiting + unread}) ` : ''}Cornerdesk`;
    for (const s of fresh) this.notify(`${REASONS[s.reason ?? ''] ?? 'New chat'}`, s.wants ?? '', s.conversation_id);
    for (const s of spoken) if (document.hidden) this.notify('New message', s.last_message?.text ?? '', s.conversation_id);
    if (fresh.length) this.sound([660, 880]);
    else if (spoken.some((s) => document.hidden || s.conversation_id !== this.desk.selected)) this.sound([740]);
  }

  get muted() {
    return localStorage.getItem('desk:muted') === '1';
  }

  /** @param {number[]} tones Hz */
  sound(tones) {
    if (this.muted || !this.audio) return;
    tones.forEach((hertz, i) => {
      const at = /** @type {AudioContext} */ (this.audio).currentTime + i * 0.16;
      const tone = new OscillatorNode(/** @type {AudioContext} */ (this.audio), { frequency: hertz });
      const loud = new GainNode(/** @type {AudioContext} */ (this.audio), { gain: 0 });
      loud.gain.setValueAtTime(0, at);
      loud.gain.linearRampToValueAtTime(0.16, at + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.001, at + 0.32);
      tone.connect(loud).connect(/** @type {AudioContext} */ (this.audio).destination);
      tone.start(at);
      tone.stop(at + 0.34);
    });
  }

  /** @param {string} title @param {string} body @param {string} id */
  notify(title, body, id) {
    if (!document.hidden || globalThis.Notification?.permission !== 'granted') return;
    const shown = new Notification(title, { body: body.slice(0, 140), tag: id });
    shown.onclick = () => {
      window.focus();
      this.desk.select(id);
      shown.close();
    };
  }
}
