/** The open panel: who is there, the messages, and the place to write. */
import { h, icon, ICONS } from './dom.js';
import { Log } from './log.js';
import { Strip } from './strip.js';

export class Panel {
  /**
   * @param {import('./chat.js').Chat} chat @param {import('./words.js').Words} w
   * @param {import('./types').Shop} shop @param {() => void} close @param {string[]} starters
   */
  constructor(chat, w, shop, close, starters) {
    this.chat = chat;
    this.w = w;
    this.shop = shop;
    this.log = new Log(chat, w, () => shop.name, starters);
    this.log.node.addEventListener('edit', (/** @type {any} */ e) => this.put(e.detail));
    this.strip = new Strip(chat, w);
    this.title = h('h2', { id: 'title' }, shop.name);
    this.line = h('p', { role: 'status' });
    this.note = h('p', { class: 'note', role: 'status', hidden: true });
    this.node = h('section', { class: 'panel', role: 'dialog', 'aria-labelledby': 'title', onkeydown: (/** @type {KeyboardEvent} */ e) => {
      if (e.key === 'Escape') close();
    } },
      h('div', { class: 'head' }, (this.face = h('b', { class: 'face', 'aria-hidden': 'true' })), h('div', {}, this.title, this.line),
        h('button', { class: 'round', type: 'button', 'aria-label': w.t('close'), onclick: close }, icon(ICONS.close))),
      this.log.node, this.note, this.strip.node, this.composer());
  }

  composer() {
    const { w, chat } = this;
    this.text = h('textarea', { rows: 1, placeholder: w.t('placeholder'), 'aria-label': w.t('placeholder'), dir: 'auto', enterkeyhint: 'send',
      oninput: () => this.typed(), onkeydown: (/** @type {KeyboardEvent} */ e) => {
        if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) {
          e.preventDefault();
          this.send();
        }
      } });
    this.text.value = chat.vault.get('draft') ?? '';
    this.go = h('button', { class: 'go', type: 'submit', 'aria-label': w.t('send') }, icon(ICONS.send));
    this.person = h('button', { class: 'pill', type: 'button', onclick: () => this.askPerson() }, icon(ICONS.person), w.t('person'));
    return h('div', { class: 'base' }, (this.tools = h('div', { class: 'tools' }, this.person)),
      h('form', { class: 'box', onsubmit: (/** @type {Event} */ e) => {
        e.preventDefault();
        this.send();
      } }, this.text, this.go));
  }

  typed() {
    this.chat.vault.set('draft', this.text.value || null);
    this.go.disabled = !this.text.value.trim();
    if (this.text.value.trim()) this.chat.typing();
  }

  /** @param {string} text */
  put(text) {
    this.text.value = text + (this.text.value && `\n${this.text.value}`);
    this.typed();
    this.text.focus();
  }

  send() {
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = '';
    this.typed();
    this.chat.say(text);
    this.log.bottom();
    this.text.focus();
  }

  async askPerson() {
    this.person.disabled = true;
    try {
      await this.chat.ask('request-human');
    } catch (fault) {
      // A word reaches a person too, and is kept until the desk has it.
      if (!(/** @type {any} */ (fault).status)) this.chat.say(this.w.t('person'));
    }
    this.person.disabled = false;
    this.log.bottom();
    this.text.focus();
  }

  status() {
    const { w, chat: { transcript: { state, agent, last } } } = this;
    if (state === 'assigned') return w.t('with', { name: agent ?? this.shop.name });
    if (state === 'waiting' && last) return w.t('waiting');
    if (state === 'message_left') return w.t('left');
    return w.t('assistant_is');
  }

  show() {
    const { chat, w } = this;
    this.title.textContent = this.shop.name;
    const said = this.status();
    if (this.line.textContent !== said) this.line.textContent = said;
    this.face.textContent = [...(chat.transcript.agent ?? this.shop.name)][0] ?? '';
    this.tools.hidden = ['waiting', 'assigned', 'message_left'].includes(chat.transcript.state);
    const troubled = !navigator.onLine || chat.fault ? 'offline' : chat.connection.status === 'retrying' ? 'retrying' : '';
    this.note.hidden = !troubled;
    if (troubled && this.note.textContent !== w.t(troubled)) this.note.textContent = w.t(troubled);
    this.go.disabled = !this.text.value.trim();
    this.log.promise.textContent = this.shop.open_now === false ? w.t('left_more', { hours: this.shop.hours ?? '' }) : this.shop.promise ?? '';
    this.log.show();
    this.strip.show(this.shop);
  }
}
