/** A button that opens a small menu; the browser closes it on Escape, on a click elsewhere and on another menu. */
import { h } from '../widget/dom.js';

/**
 * @param {string} id of the menu's element @param {any} label what the button shows
 * @param {Record<string, any>} attrs of the button @param {...any} items
 * @returns {HTMLElement[]} the button and its menu
 */
export function menu(id, label, attrs, ...items) {
  const list = h('div', { id, class: 'menu', popover: 'auto' }, ...items);
  list.addEventListener('click', (/** @type {any} */ e) => e.target.closest('button, a') && !e.target.closest('.stay') && list.hidePopover());
  return [h('button', { type: 'button', popovertarget: id, ...attrs }, label), list];
}
