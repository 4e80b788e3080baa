/** One chat: the bar above it, the brief, the messages, the composer. */
import { h } from '../widget/dom.js';
import { brief } from './brief.js';
import { ChatBar } from './chat_bar.js';
import { ChatLog } from './chat_log.js';
import { DeskComposer } from './composer.js';
import { earlier } from './episodes.js';

/** @typedef {import('./model/chat.js').Chat} Chat */

/** How often what the shopper does just now is looked at again. */
const FOOT_MS = 3000;

export class DeskChat extends HTMLElement {
  /** @type {import('./model/desk.js').Desk} */ desk;
  chatId = '';
  briefKey = '';
  composer = /** @type {DeskComposer} */ (document.createElement('desk-composer'));

  connectedCallback() {
    if (this.log) return;
    this.bar = new ChatBar(this.desk, { beside: () => this.dispatchEvent(new CustomEvent('beside')), claimed: () => this.claimed() });
    this.top = h('div', { class: 'brief-place' });
    this.log = new ChatLog(this.desk, (text) => this.composer.insert(text));
    this.composer.desk = this.desk;
    this.empty = h('div', { class: 'blank' });
    this.append(this.empty, this.bar.node, this.top, this.log.node, this.composer);
    this.desk.addEventListener('select', () => this.open());
    this.desk.addEventListener('chat', (/** @type {any} */ e) => e.detail === this.chatId && this.show());
    this.desk.addEventListener('queue', () => this.chatId || this.show());
    this.desk.addEventListener('connection', () => this.show());
    this.desk.addEventListener('team', () => this.show());
    setInterval(() => this.showFoot(), FOOT_MS);
    this.open();
  }

  open() {
    this.chatId = this.desk.selected;
    this.briefKey = '';
    this.log?.clear();
    this.show();
  }

  show() {
    const chat = this.chatId ? this.desk.chats.open(this.chatId) : null;
    const ready = Boolean(chat?.detail);
    for (const part of [this.bar?.node, this.top, this.log?.node]) part.hidden = !ready;
    this.composer.hidden = !ready || !this.desk.chats.isMine(this.chatId);
    this.empty.hidden = ready;
    if (!chat || !ready) return this.blank(chat?.fault);
    this.bar?.show(chat);
    this.showBrief(chat);
    this.log?.show(chat);
    this.composer.open(this.chatId);
  }

  /** The chat is the agent's now: the list shows it, and the cursor is where the reply goes. */
  claimed() {
    this.dispatchEvent(new CustomEvent('claimed'));
    this.composer.text.focus();
  }

  /** @param {string} [fault] */
  blank(fault) {
    const waiting = this.desk.queue.inState('waiting');
    const said = fault ? ['This chat cannot be shown', fault]
      : this.chatId ? ['Opening the chat', '']
        : waiting.length ? [`${waiting.length} waiting`, 'Choose one on the left, or press N to take the one that has waited longest.']
          : ['All quiet', 'When a shopper needs a person, the chat appears on the left, with a sound.'];
    this.empty.replaceChildren(h('h2', {}, said[0]), h('p', { class: 'quiet' }, said[1]));
  }

  /** @param {Chat} chat */
  showBrief(chat) {
    const events = [...chat.events.values()];
    const before = earlier(events.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0)));
    const key = JSON.stringify([chat.detail.brief, chat.detail.reason, chat.detail.page, before.length]);
    if (key === this.briefKey) return;
    this.briefKey = key;
    const answered = events.some((e) => e.from === 'agent' && (e.seq ?? 0) > (before.at(-1)?.seq ?? 0));
    const made = brief(chat.detail, { open: !answered, earlier: before, go: (seq) => this.log?.scrollTo(seq) });
    this.top.replaceChildren(...(made ? [made] : []));
  }

  showFoot() {
    const chat = this.chatId && this.desk.chats.get(this.chatId);
    if (chat && chat.detail) this.log?.showFoot(chat);
  }
}
customElements.define('desk-chat', DeskChat);
