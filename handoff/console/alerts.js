/** Arrivals are never silent: a sound, the tab's title, and a desktop notification when the agent allows it. */
import { h, icon } from '../widget/dom.js';
import { arrivals, attentionCount, snapshot } from './arrivals.js';
import { menu } from './menu.js';
import { CHAT_TONES, MESSAGE_TONES, Sound } from './sound.js';
import { REASONS } from './labels.js';

const BELL = 'M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 2H5zM10 21h4';
const STRUCK = `${BELL}M4 4l16 16`;

const PERMISSION_HINTS = {
  default: 'Be told of new chats while you look elsewhere.',
  granted: 'Desktop notifications are on while you look elsewhere.',
  denied: 'Desktop notifications are blocked in this browser’s settings for the site.',
};

const permission = () => globalThis.Notification?.permission ?? 'denied';
/** @param {import('./model/queue.js').Summary} s what the shopper wants, or, before anybody knows, what was said last */
const preview = (s) => s.wants || s.last_message?.text || '';
const away = () => document.hidden || !document.hasFocus();

export class Alerts {
  sound = new Sound();
  /** @type {import('./arrivals.js').Snapshot | null} */ before = null;

  /** @param {import('./model/desk.js').Desk} desk */
  constructor(desk) {
    this.desk = desk;
    desk.addEventListener('queue', () => this.announce());
  }

  announce() {
    const { queue: { all: queue }, agent, claims, selected } = this.desk;
    const { waiting, assigned: all, written } = arrivals(this.before, queue, agent.id, claims.ids);
    const assigned = claims.claiming ? [] : all;
    this.before = snapshot(queue);
    const count = attentionCount(queue, agent.id);
    document.title = `${count ? `(${count}) ` : ''}Cornerdesk`;
    for (const s of waiting) this.notify(REASONS[s.reason ?? ''] ?? 'New chat', preview(s), s.conversation_id);
    for (const s of assigned) this.notify('A chat for you', preview(s), s.conversation_id);
    for (const s of written) this.notify('New message', s.last_message?.text ?? '', s.conversation_id);
    if (waiting.length || assigned.length) this.sound.play(CHAT_TONES);
    else if (written.some((s) => away() || s.conversation_id !== selected)) this.sound.play(MESSAGE_TONES);
  }

  /** @param {string} title @param {string} body @param {string} id */
  notify(title, body, id) {
    if (!away() || permission() !== 'granted') return;
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
      this.sound.muted = !sounds.checked;
      show();
    } });
    const hint = h('p', { class: 'quiet' });
    const allow = h('button', { type: 'button', onclick: () => Notification.requestPermission().then(show) }, 'Allow desktop notifications');
    const [button, list] = menu('alerts', '', { class: 'plain round' },
      h('div', { class: 'stay' }, h('label', { class: 'check' }, sounds, 'Sound for new chats and messages'), hint, allow,
        h('button', { type: 'button', class: 'plain', onclick: () => this.sound.play(CHAT_TONES) }, 'Play the sound')));
    const show = () => {
      sounds.checked = !this.sound.muted;
      button.replaceChildren(icon(this.sound.muted ? STRUCK : BELL));
      button.setAttribute('aria-label', this.sound.muted ? 'Alerts: sound off' : 'Alerts: sound on');
      allow.hidden = permission() !== 'default';
      hint.textContent = PERMISSION_HINTS[permission()];
    };
    show();
    return [button, list];
  }
}
