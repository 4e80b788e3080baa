/** Notes between agents: the shopper never sees them. */
import { h } from '../widget/dom.js';
import { clock } from './time.js';

export class DeskNotes extends HTMLElement {
  /** @type {import('./model/desk.js').Desk} */ desk;

  connectedCallback() {
    if (this.list) return;
    this.list = h('ol', { class: 'notes' });
    this.text = h('textarea', { rows: 2, placeholder: 'A note for colleagues', 'aria-label': 'Note for colleagues', maxlength: 4000 });
    this.append(h('h3', {}, 'Notes'), this.list, h('form', { onsubmit: (/** @type {Event} */ e) => this.add(e) }, this.text,
      h('div', { class: 'row' }, h('span', { class: 'quiet' }, 'Never shown to shoppers'), h('button', { type: 'submit' }, 'Add note'))));
    this.desk.addEventListener('chat', (/** @type {any} */ e) => e.detail === this.desk.selected && this.show());
    this.desk.addEventListener('select', () => this.show());
    this.show();
  }

  /** @param {Event} event */
  async add(event) {
    event.preventDefault();
    const text = this.text.value.trim();
    if (text && await this.desk.chats.act(this.desk.selected, 'notes', { text })) this.text.value = '';
  }

  show() {
    this.hidden = !this.desk.selected;
    const notes = this.desk.chats.get(this.desk.selected)?.notes ?? [];
    this.list.replaceChildren(...notes.map((n) => h('li', {}, h('p', { dir: 'auto' }, n.text), h('span', { class: 'quiet' }, `${n.agent?.name ?? ''}, ${clock(n.at)}`))));
  }
}
customElements.define('desk-notes', DeskNotes);
