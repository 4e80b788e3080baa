/** Light, dark, or as the machine has it; remembered. */
import { h } from '/widget/dom.js';

const NEXT = /** @type {Record<string, string>} */ ({ auto: 'dark', dark: 'light', light: 'auto' });
const chosen = () => localStorage.getItem('desk:theme') ?? 'auto';

export function theme() {
  document.documentElement.dataset.theme = chosen();
}

/** @returns {HTMLElement} */
export function themeButton() {
  const label = () => ({ auto: 'Theme: auto', dark: 'Theme: dark', light: 'Theme: light' })[chosen()] ?? '';
  const button = h('button', { type: 'button', class: 'plain', onclick: () => {
    localStorage.setItem('desk:theme', NEXT[chosen()] ?? 'auto');
    theme();
    button.textContent = label();
  } }, label());
  return button;
}
