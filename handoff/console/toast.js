/** A sentence for the agent, shown for a while. */
import { h } from '../widget/dom.js';

const SHOWN_MS = 6000;

/** @param {EventTarget} desk which tells sentences by its event `toast` @returns {HTMLElement} where they stand */
export function toastPlace(desk) {
  const node = h('p', { class: 'toast', role: 'alert', hidden: true });
  let timer = 0;
  desk.addEventListener('toast', (/** @type {any} */ e) => {
    node.textContent = e.detail;
    node.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => (node.hidden = true), SHOWN_MS);
  });
  return node;
}
