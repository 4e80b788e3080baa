/** The list of canned replies that opens above the composer. @typedef {import('./model/canned.js').CannedReply} CannedReply */
import { h } from '../widget/dom.js';
import { matching } from './model/canned.js';

export class CannedList {
  /** @type {CannedReply[]} */ shown = [];
  at = 0;

  /** @param {() => CannedReply[]} all @param {(reply: CannedReply) => void} pick */
  constructor(all, pick) {
    this.all = all;
    this.pick = pick;
    this.node = h('ul', { class: 'canned', role: 'listbox', id: 'canned', 'aria-label': 'Canned replies', hidden: true });
  }

  get open() {
    return !this.node.hidden;
  }

  /** @param {string | null} word */
  show(word) {
    this.shown = word === null ? [] : matching(this.all(), word);
    this.at = 0;
    this.draw();
  }

  draw() {
    this.node.hidden = !this.shown.length;
    this.node.replaceChildren(...this.shown.map((reply, i) => h('li', { role: 'option', id: `canned-${i}`, 'aria-selected': String(i === this.at),
      onmousedown: (/** @type {Event} */ e) => {
        e.preventDefault();
        this.pick(reply);
      } }, h('b', {}, `/${reply.name}`), h('span', { class: 'quiet' }, reply.text))));
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the list took the key */
  key(event) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.at = (this.at + step + this.shown.length) % this.shown.length;
      this.draw();
    } else if (event.key === 'Enter' || event.key === 'Tab') this.pick(this.shown[this.at]);
    else if (event.key === 'Escape') this.show(null);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
