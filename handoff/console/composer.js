/** Where a reply is written. Each chat keeps its own draft, through reloads and changes of chat. */
import { h } from '/widget/dom.js';

export class DeskComposer extends HTMLElement {
  /** @type {import('./model.js').Desk} */ desk;
  chat = '';
  toldAt = 0;

  connectedCallback() {
    if (this.text) return;
    this.text = h('textarea', { rows: 3, placeholder: 'Write a reply', 'aria-label': 'Reply', dir: 'auto',
      oninput: () => this.typed(), onkeydown: (/** @type {KeyboardEvent} */ e) => {
        if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) {
          e.preventDefault();
          this.send();
        }
      } });
    this.append(h('form', { onsubmit: (/** @type {Event} */ e) => {
      e.preventDefault();
      this.send();
    } }, this.text, h('div', { class: 'row' },
      h('span', { class: 'quiet hint' }, 'Enter sends, Shift+Enter starts a line'),
      (this.button = h('button', { class: 'main', type: 'submit' }, 'Send')))));
  }

  /** @param {string} id */
  open(id) {
    if (id === this.chat) return;
    this.chat = id;
    this.text.value = localStorage.getItem(`desk:draft:${id}`) ?? '';
    this.grow();
  }

  typed() {
    if (this.text.value) localStorage.setItem(`desk:draft:${this.chat}`, this.text.value);
    else localStorage.removeItem(`desk:draft:${this.chat}`);
    this.grow();
    if (this.text.value && Date.now() - this.toldAt > 3000) {
      this.toldAt = Date.now();
      this.desk.live.send({ type: 'typing', conversation_id: this.chat });
    }
  }

  grow() {
    this.button.disabled = !this.text.value.trim();
    this.text.rows = Math.min(12, Math.max(3, this.text.value.split('\n').length));
  }

  /** Puts text where the cursor is. @param {string} text */
  insert(text) {
    const { selectionStart: from, selectionEnd: to, value } = this.text;
    const gap = from && !/\s$/.test(value.slice(0, from)) ? '\n\n' : '';
    this.text.setRangeText(gap + text, from, to, 'end');
    this.typed();
    this.text.focus();
  }

  send() {
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = '';
    this.typed();
    this.toldAt = 0;
    this.desk.reply(this.chat, text);
    this.text.focus();
  }
}
customElements.define('desk-composer', DeskComposer);
