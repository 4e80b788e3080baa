/** What the views share: a heading, a line that says what is going on, and one try at a time. */
import { h } from '../../widget/dom.js';

export class View extends HTMLElement {
  /** @type {import('../api.js').Api} */ api;
  title_ = '';
  lead = '';

  connectedCallback() {
    if (this.status) return;
    this.status = h('p', { class: 'said', role: 'status' });
    this.body = h('div');
    this.append(h('h2', {}, this.title_), h('p', { class: 'quiet lead' }, this.lead), ...this.tools(), this.status, this.body);
  }

  /** @returns {HTMLElement[]} what stands above the list */
  tools() {
    return [];
  }

  look() {}

  /** Says what is being done while it is, and what went wrong. @template T @param {string} doing @param {() => Promise<T>} work @returns {Promise<T | null>} */
  async during(doing, work) {
    if (!this.status) return null;
    this.status.textContent = doing;
    this.status.className = 'said quiet';
    try {
      const done = await work();
      this.status.textContent = '';
      return done;
    } catch (fault) {
      this.status.textContent = /** @type {Error} */ (fault).message;
      this.status.className = 'said fault';
      return null;
    }
  }
}

/** @param {number | null | undefined} good @param {number | null | undefined} bad @returns {string} */
export function share(good, bad) {
  const all = (good ?? 0) + (bad ?? 0);
  return all ? `${Math.round(((good ?? 0) / all) * 100)}% of ${all}` : '';
}
