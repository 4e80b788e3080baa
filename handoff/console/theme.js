/** Light, dark, or as the machine has it; remembered. */
import { h } from '../widget/dom.js';

const THEMES = [['auto', 'As the machine'], ['light', 'Light'], ['dark', 'Dark']];
const chosen = () => localStorage.getItem('desk:theme') ?? 'auto';

export function theme() {
  document.documentElement.dataset.theme = chosen();
}

/** @returns {HTMLElement} the choice, one button each */
export function themeButton() {
  const buttons = THEMES.map(([name, label]) => h('button', { type: 'button', 'data-theme-name': name, onclick: () => {
    localStorage.setItem('desk:theme', name);
    theme();
    show();
  } }, label));
  const show = () => buttons.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.themeName === chosen())));
  show();
  return h('div', { class: 'segments', role: 'group', 'aria-label': 'Theme' }, ...buttons);
}
