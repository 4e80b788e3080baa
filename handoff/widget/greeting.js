/**
 * When to offer help unasked: by the shop's rules, once a visit, small, easy to wave away.
 * @typedef {import('./types').GreetingRule} Rule
 */
import { h, icon, ICONS } from './dom.js';

/** @param {string} pattern a path in which each star stands for anything @param {string} path */
const fits = (pattern, path) => new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*')}$`).test(path);

/**
 * @param {Rule[]} rules the first that fits the page and the basket counts
 * @param {{path: string, seconds: number, basket: number}} now `seconds` on this page
 * @returns {Rule | null} the rule whose time has come
 */
export function due(rules, now) {
  const found = rules.find(({ path = '*', basket, basket_min = basket ? 1 : 0 }) =>
    fits(path, now.path) && now.basket >= basket_min && (basket !== false || basket_min > 0 || !now.basket));
  return found && now.seconds >= (found.after_s ?? 30) ? found : null;
}

/** @param {string} text @param {import('./words.js').Words} w @param {() => void} open @param {() => void} dismiss */
export function greetingCard(text, w, open, dismiss) {
  return h('div', { class: 'greeting', role: 'status' },
    h('button', { class: 'say', type: 'button', dir: 'auto', onclick: open }, text),
    h('button', { class: 'round', type: 'button', 'aria-label': w.t('dismiss'), onclick: dismiss }, icon(ICONS.close)));
}

/** Looks every second whether a greeting is due, on the page that is shown at that time. */
export class Greeter {
  path = location.pathname;
  since = Date.now() - performance.now();
  /** @type {HTMLElement | null} */
  card = null;

  /** @param {{rules: () => Rule[], basket: () => number, over: () => boolean, show: (rule: Rule) => HTMLElement, tab: Storage}} shop */
  constructor(shop) {
    this.shop = shop;
    this.timer = setInterval(() => this.look(), 1000);
    this.look();
  }

  look() {
    const { shop } = this;
    if (location.pathname !== this.path) {
      this.path = location.pathname;
      this.since = Date.now();
    }
    if (shop.over()) this.stop();
    else if (!this.card && !document.hidden) this.offer(due(shop.rules(), { path: this.path, seconds: (Date.now() - this.since) / 1000, basket: shop.basket() }));
  }

  /** @param {Rule | null} rule */
  offer(rule) {
    if (!rule || this.shop.tab.getItem('cornerdesk-greeted') === (rule.once === false ? this.path : '1')) return;
    this.shop.tab.setItem('cornerdesk-greeted', rule.once === false ? this.path : '1');
    this.card = this.shop.show(rule);
  }

  /** No more greetings on this page. */
  stop() {
    clearInterval(this.timer);
    this.card?.remove();
  }
}
