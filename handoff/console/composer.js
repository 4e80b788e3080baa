/** Where a reply is written. Each chat keeps its own draft, through reloads and changes of chat. */
import { h } from '../widget/dom.js';
import { fillPlaces, wordAtCursor } from './model/canned.js';
import { CannedList } from './canned_list.js';

export class DeskComposer extends HTMLElement {
  /** @type {import('./model/desk.js').Desk} */ desk;
  chat = '';
  toldAt = 0;

  connectedCallback() {
    if (this.text) return;
    this.canned = new CannedList(() => this.desk.canned.replies, (reply) => this.use(reply));
    this.text = h('textarea', { rows: 3, placeholder: 'Write a reply', 'aria-label': 'Reply', dir: 'auto',
      'aria-controls': 'canned', oninput: () => this.typed(), onblur: () => this.canned?.show(null), onkeydown: (/** @type {KeyboardEvent} */ e) => this.key(e) });
    this.append(h('form', { onsubmit: (/** @type {Event} */ e) => {
      e.preventDefault();
      this.send();
    } }, this.canned.node, this.text, h('div', { class: 'row' },
      h('span', { class: 'quiet hint' }, 'Enter sends, Shift+Enter starts a line, / brings canned replies'),
      (this.button = h('button', { class: 'main', type: 'submit' }, 'Send')))));
  }

  /** @param {KeyboardEvent} e */
  key(e) {
    if (this.canned?.key(e)) {
      const at = this.canned.open ? `canned-${this.canned.at}` : '';
      this.text.setAttribute('aria-activedescendant', at);
    } else if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      this.send();
    }
  }

  /** @param {string} id */
  open(id) {
    if (id === this.chat) return;
    this.chat = id;
    this.text.value = localStorage.getItem(`desk:draft:${id}`) ?? '';
    this.canned?.show(null);
    this.grow();
  }

  typed() {
    this.keep();
    this.canned?.show(wordAtCursor(this.text.value, this.text.selectionStart));
    if (this.text.value && Date.now() - this.toldAt > 3000) {
      this.toldAt = Date.now();
      this.desk.connection.send({ type: 'typing', conversation_id: this.chat });
    }
  }

  keep() {
    if (this.text.value) localStorage.setItem(`desk:draft:${this.chat}`, this.text.value);
    else localStorage.removeItem(`desk:draft:${this.chat}`);
    this.grow();
  }

  grow() {
    this.button.disabled = !this.text.value.trim();
  }

  /** A canned reply takes the place of the `/word` before the cursor. @param {import('./model/canned.js').CannedReply} reply */
  use(reply) {
    const cursor = this.text.selectionStart;
    const word = wordAtCursor(this.text.value, cursor) ?? '';
    this.text.setRangeText(fillPlaces(reply.text, this.desk.placeValues(this.chat)), cursor - word.length - 1, cursor, 'end');
    this.canned?.show(null);
    this.keep();
  }

  /** Puts text where the cursor is. @param {string} text */
  insert(text) {
    const { selectionStart: from, selectionEnd: to, value } = this.text;
    const gap = from && !/\s$/.test(value.slice(0, from)) ? '\n\n' : '';
    this.text.setRangeText(gap + text, from, to, 'end');
    this.keep();
    this.text.focus();
    this.text.scrollTop = this.text.scrollHeight;
  }

  send() {
    const text = this.text.value.trim();
    if (!text) return;
    this.text.value = '';
    this.keep();
    this.canned?.show(null);
    this.toldAt = 0;
    this.desk.outbox.add(this.chat, text, this.desk.passages.given(this.chat, text));
    this.text.focus();
  }
}
customElements.define('desk-composer', DeskComposer);
