/**
 * When to offer help unasked: by the shop's rules, once a visit, small, easy to wave away.
 * @typedef {{text: string, path?: string, after_s?: number, basket?: boolean}} Rule `path` may end with a star
 */
import { h, icon, ICONS } from './dom.js';

/**
 * @param {Rule[]} rules the first that fits counts
 * @param {{path: string, seconds: number, basket: boolean}} now
 * @returns {{text: string, in_s: number} | null} what to say, and in how many seconds
 */
export function due(rules, now) {
  const fits = rules.find(({ path = '*', basket }) =>
    (path.endsWith('*') ? now.path.startsWith(path.slice(0, -1)) : now.path === path) && (basket === undefined || basket === now.basket));
  return fits ? { text: fits.text, in_s: Math.max(0, (fits.after_s ?? 30) - now.seconds) } : null;
}

/** @param {string} text @param {import('./words.js').Words} w @param {() => void} open @param {() => void} dismiss */
export function greetingCard(text, w, open, dismiss) {
  return h('div', { class: 'greeting', role: 'status' },
    h('button', { class: 'say', type: 'button', dir: 'auto', onclick: open }, text),
    h('button', { class: 'round', type: 'button', 'aria-label': w.t('dismiss'), onclick: dismiss }, icon(ICONS.close)));
}
