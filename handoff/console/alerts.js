/** Arrivals are never silent: a sound, the tab's title, and a desktop notification when the agent allows it. */
import { h, icon } from '../widget/dom.js';
import { arrivals, calling, seenIn } from './arrivals.js';
import { menu } from './menu.js';
import { REASONS } from './labels.js';

const BELL = 'M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 2H5zM10 21h4';
const STRUCK = `${BELL}M4 4l16 16`;
const RISE_HZ = [660, 880];
const SPOKEN_HZ = [740];

const SAID = {
  default: 'Be told of new chats while you look elsewhere.',
  granted: 'Desktop notifications are on while you look elsewhere.',
  denied: 'Desktop notifications are blocked in this browser’s settings for the site.',
};

const allowed = () => globalThis.Notification?.permission ?? 'denied';
/** @param {import('./model/queue.js').Summary} s what the shopper wants, or, before anybody knows, what was said last */
const said = (s) => s.wants || s.last_message?.text || '';
const unseen = () => document.hidden || !document.hasFocus();

export class Alerts {
  /** @type {AudioContext | undefined} */ audio;
  /** @type {import('./arrivals.js').Seen | null} */ seen = null;

  /** @param {import('./model/desk.js').Desk} desk */
  constructor(desk) {
    this.desk = desk;
    desk.addEventListener('queue', () => this.look());
    addEventListener('pointerdown', () => this.wake(), { once: true });
    addEventListener('keydown', () => this.wake(), { once: true });
  }

  /** Browsers let a page sound only after a touch. */
  wake() {
    this.audio ??= new AudioContext();
  }

  look() {
    const { queue: { all: queue }, agent, claims, selected } = this.desk;
    const { waiting, given: all, spoken } = arrivals(this.seen, queue, agent.id, claims.ids);
    const given = claims.claiming ? [] : all;
    this.seen = seenIn(queue);
    const many = calling(queue, agent.id);
    document.title = `${many ? `(${many}) ` : ''}Cornerdesk`;
    for (const s of waiting) this.notify(REASONS[s.reason ?? ''] ?? 'New chat', said(s), s.conversation_id);
    for (const s of given) this.notify('A chat for you', said(s), s.conversation_id);
    for (const s of spoken) this.notify('New message', s.last_message?.text ?? '', s.conversation_id);
    if (waiting.length || given.length) this.sound(RISE_HZ);
    else if (spoken.some((s) => unseen() || s.conversation_id !== selected)) this.sound(SPOKEN_HZ);
  }

  get muted() {
    return localStorage.getItem('desk:muted') === '1';
  }

  /** @param {number[]} tones Hz */
  sound(tones) {
    if (this.muted || !this.audio) return;
    tones.forEach((hertz, i) => this.tone(/** @type {AudioContext} */ (this.audio), hertz, i * 0.16));
  }

  /** @param {AudioContext} audio @param {number} hertz @param {number} in_s */
  tone(audio, hertz, in_s) {
    const at = audio.currentTime + in_s;
    const tone = new OscillatorNode(audio, { frequency: hertz });
    const loud = new GainNode(audio, { gain: 0 });
    loud.gain.setValueAtTime(0, at);
    loud.gain.linearRampToValueAtTime(0.16, at + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, at + 0.32);
    tone.connect(loud).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.34);
  }

  /** @param {string} title @param {string} body @param {string} id */
  notify(title, body, id) {
    if (!unseen() || allowed() !== 'granted') return;
    const shown = new Notification(title, { body: body.slice(0, 140), tag: id });
    shown.onclick = () => {
      window.focus();
      this.desk.select(id);
      shown.close();
    };
  }

  /** The bell in the top bar, and what the agent may set behind it. @returns {HTMLElement[]} */
  bell() {
    const sounds = h('input', { type: 'checkbox', onchange: () => {
      localStorage.setItem('desk:muted', sounds.checked ? '0' : '1');
      show();
    } });
    const said = h('p', { class: 'quiet' });
    const allow = h('button', { type: 'button', onclick: () => Notification.requestPermission().then(show) }, 'Allow desktop notifications');
    const [button, list] = menu('alerts', '', { class: 'plain round' },
      h('div', { class: 'stay' }, h('label', { class: 'check' }, sounds, 'Sound for new chats and messages'), said, allow,
        h('button', { type: 'button', class: 'plain', onclick: () => this.sound(RISE_HZ) }, 'Play the sound')));
    const show = () => {
      sounds.checked = !this.muted;
      button.replaceChildren(icon(this.muted ? STRUCK : BELL));
      button.setAttribute('aria-label', this.muted ? 'Alerts: sound off' : 'Alerts: sound on');
      allow.hidden = allowed() !== 'default';
      said.textContent = SAID[allowed()];
    };
    show();
    return [button, list];
  }
}
