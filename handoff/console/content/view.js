/** What the four views share: a heading, a line that says what is going on, and one try at a time. */
import { h } from '../../widget/dom.js';

export class View extends HTMLElement {
  /** @type {import('../api.js').Api} */ api;
  title_ = '';
  lead = '';

  connectedCallback() {
    if (this.said) return;
    this.said = h('p', { class: 'said', role: 'status' });
    this.body = h('div');
    this.append(h('h2', {}, this.title_), h('p', { class: 'quiet lead' }, this.lead), ...this.tools(), this.said, this.body);
  }

  /** @returns {HTMLElement[]} what stands above the list */
  tools() {
    return [];
  }

  look() {}

  /** Says what is being done while it is, and what went wrong. @template T @param {string} doing @param {() => Promise<T>} work @returns {Promise<T | null>} */
  async during(doing, work) {
    if (!this.said) return null;
    this.said.textContent = doing;
    this.said.className = 'said quiet';
    try {
      const done = await work();
      this.said.textContent = '';
      return done;
    } catch (fault) {
      this.said.textContent = /** @type {Error} */ (fault).message;
      this.said.className = 'said fault';
      return null;
    }
  }
}

/** @param {number | null | undefined} good @param {number | null | undefined} bad @returns {string} */
export function share(good, bad) {
  const all = (good ?? 0) + (bad ?? 0);
  return all ? `${Math.round(((good ?? 0) / all) * 100)}% of ${all}` : '';
}
