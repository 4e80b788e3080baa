/** Where leads write the canned replies that agents fill their drafts with. */
import { h } from '../widget/dom.js';

export class CannedEdit {
  list = h('div', { class: 'canned-edit' });

  /** @param {import('./model/desk.js').Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.node = h('section', {}, h('h3', {}, 'Canned replies'),
      h('p', { class: 'quiet under' }, 'They fill an agent’s draft after /name, and are never sent by themselves. Places that are filled in: {agent}, {shop}, {order}, {product}.'),
      this.list, h('div', { class: 'row' },
        h('button', { type: 'button', onclick: () => this.fresh() }, 'New reply'),
        h('button', { type: 'button', class: 'main', onclick: () => this.save() }, 'Save replies')));
  }

  /** What is half written here stays: it is filled once. */
  show() {
    if (!this.list.firstChild) this.list.replaceChildren(...this.desk.canned.replies.map((c) => this.row(c)));
  }

  fresh() {
    const row = this.row({ name: '', text: '' });
    this.list.append(row);
    row.firstChild.focus();
  }

  /** @param {{name: string, text: string}} c */
  row(c) {
    const row = h('div', { class: 'canned-row' }, h('input', { 'aria-label': 'Name', placeholder: 'name', maxlength: 40, pattern: '[\\w\\-]+', title: 'Letters, digits, - and _' }),
      h('textarea', { rows: 2, 'aria-label': 'Text', placeholder: 'What it says', maxlength: 4000 }),
      h('button', { type: 'button', class: 'plain', 'aria-label': 'Remove this reply', onclick: () => row.remove() }, '✕'));
    [row.children[0].value, row.children[1].value] = [c.name, c.text];
    return row;
  }

  async save() {
    const replies = [...this.list.children].map((row) => ({ name: row.children[0].value.trim(), text: row.children[1].value.trim() })).filter((c) => c.name && c.text);
    if (await this.desk.call('PUT', '/canned', { replies })) {
      this.desk.canned.replies = replies;
      this.desk.toast('Saved.');
    }
  }
}
