/** The rules of the greeting: on which pages, after how long, with what in the basket, one line is offered unasked. */
import { h } from '../widget/dom.js';

/** @typedef {{text: string, path: string, after_s: number, basket_min: number, texts?: Record<string, string>, once?: boolean}} Rule */

export class GreetingsEdit {
  list = h('div');
  /** @type {WeakMap<Element, Rule>} what a row was made from: it may know more than the row shows */
  made = new WeakMap();

  constructor() {
    this.node = h('section', {}, h('h3', {}, 'Offered unasked'),
      h('p', { class: 'quiet under' }, 'One small line beside the chat’s button; the first rule that fits counts, once a visit, never to somebody who already talks.'),
      this.list, h('button', { type: 'button', onclick: () => this.fresh() }, 'New rule'));
  }

  /** @param {Rule[]} rules */
  show(rules) {
    this.list.replaceChildren(...rules.map((r) => this.row(r)));
  }

  fresh() {
    const row = this.row({ text: '', path: '/*', after_s: 30, basket_min: 0 });
    this.list.append(row);
    row.querySelector('textarea').focus();
  }

  /** @param {Rule} rule */
  row(rule) {
    const text = h('textarea', { rows: 2, name: 'text', required: true, maxlength: 200 });
    text.value = rule.text;
    const of = (/** @type {string} */ name, /** @type {string} */ label, /** @type {any} */ value, /** @type {object} */ attrs) => h('label', {}, label, h('input', { name, value, ...attrs }));
    const row = h('div', { class: 'greeting-row' }, h('label', { class: 'whole-row' }, 'What it says', text),
      of('path', 'On pages', rule.path, { required: true, title: 'A path; a star at its end stands for anything' }),
      of('after_s', 'After seconds', rule.after_s, { type: 'number', min: 0, max: 3600, required: true }),
      of('basket_min', 'In the basket, at least', rule.basket_min, { type: 'number', min: 0, required: true }),
      h('button', { type: 'button', class: 'plain', onclick: () => row.remove() }, 'Remove'));
    this.made.set(row, rule);
    return row;
  }

  /** @returns {Rule[]} the rules as they stand in the rows */
  rules() {
    return [...this.list.children].map((row) => {
      const value = (/** @type {string} */ name) => /** @type {any} */ (row.querySelector(`[name=${name}]`)).value.trim();
      return { ...this.made.get(row), text: value('text'), path: value('path'), after_s: Number(value('after_s')), basket_min: Number(value('basket_min')) };
    }).filter((r) => r.text);
  }
}
