/**
 * Canned replies: `/` and a few letters fill an agent's draft. They are never sent by themselves.
 * @typedef {{name: string, text: string}} Canned
 */
import { h } from '/widget/dom.js';

/** The `/word` that ends at the cursor. @param {string} text @param {number} cursor @returns {string | null} */
export function asked(text, cursor) {
  return text.slice(0, cursor).match(/(?:^|\s)\/([\w-]*)$/)?.[1]?.toLowerCase() ?? null;
}

/** @param {Canned[]} all @param {string} word @returns {Canned[]} those that begin with it, then those that hold it */
export function fitting(all, word) {
  const begins = all.filter((c) => c.name.toLowerCase().startsWith(word));
  const holds = all.filter((c) => !begins.includes(c) && `${c.name} ${c.text}`.toLowerCase().includes(word));
  return [...begins, ...holds].slice(0, 8);
}

/** Puts values in their places; a place without a value stays in sight. @param {string} text @param {Record<string, string | undefined>} values */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] || whole);
}

/** The list that opens above the composer. */
export class CannedList {
  /** @type {Canned[]} */ shown = [];
  at = 0;

  /** @param {() => Canned[]} all @param {(reply: Canned) => void} pick */
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
    this.shown = word === null ? [] : fitting(this.all(), word);
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
