/**
 * <cornerdesk-chat>: a shop's chat, in an open shadow root.
 *
 * Attributes: `desk` (the desk's address; where this file came from, if left out), `lang`, `side` (left, right),
 * `theme` (light, auto), `accent` (a colour), `sku`, `page-title`, `basket` (what is in it, in things or in money), `open`,
 * `label`, `greeting` with `greeting-after` (seconds) and `greeting-path`, `starters` (questions, with | between); `text-KEY`
 * for any text. `--cornerdesk-*` is the theme.
 */
import { Chat } from './chat.js';
import { h, icon, ICONS } from './dom.js';
import { Greeter, greetingCard } from './greeting.js';
import { pageOf } from './page.js';
import { Panel } from './panel.js';
import { dress } from './style.js';
import { markTitle, unmarkTitle } from './title_mark.js';
import { storage, Vault } from './vault.js';
import { Words } from './words.js';

export class CornerdeskChat extends HTMLElement {
  async connectedCallback() {
    if (this.shadowRoot) return;
    dress(this.attachShadow({ mode: 'open' }));
    const base = new URL(this.getAttribute('desk') ?? '/', import.meta.url).href.replace(/\/$/, '');
    const accent = this.getAttribute('accent');
    if (accent) this.style.setProperty('--cornerdesk-accent', accent);
    this.tab = storage('sessionStorage');
    this.words = new Words();
    /** @type {import('./types').Shop} */
    this.shop = { name: this.getAttribute('shop') ?? document.title };
    this.chat = new Chat({ base, vault: new Vault(base), page: () => pageOf(this) });
    await this.words.use(this.lang || document.documentElement.lang || navigator.language, this.ownWords());
    this.build();
    this.listen();
    this.chat.start();
    this.learn(base).then(() => this.greet());
    if (this.hasAttribute('open') || this.tab.getItem('cornerdesk-open')) this.open(false);
  }

  disconnectedCallback() {
    this.greeter?.stop();
    this.chat?.connection.stop();
  }

  /** The shop's own words: attributes `text-hello="…"` for the key `hello`. @returns {Record<string, string>} */
  ownWords() {
    return Object.fromEntries([...this.attributes].filter((a) => a.name.startsWith('text-'))
      .map((a) => [a.name.slice(5).replace(/-/g, '_'), a.value]));
  }

  /** What a shopper may ask with one tap: the attribute `starters`, with | between. @returns {string[]} */
  starters() {
    return (this.getAttribute('starters') ?? '').split('|').map((text) => text.trim()).filter(Boolean);
  }

  build() {
    this.badge = h('span', { class: 'badge', hidden: true });
    this.launcher = h('button', { class: 'launcher', type: 'button', 'aria-expanded': 'false', onclick: () => this.open() },
      icon(ICONS.chat), h('span', {}, this.getAttribute('label') ?? this.words?.t('open')), this.badge);
    this.frame = h('div', { class: `root ${this.getAttribute('side') === 'left' ? 'left' : ''}`, dir: this.words?.direction, lang: this.words?.language }, this.launcher);
    this.shadowRoot?.append(this.frame);
  }

  listen() {
    const { chat } = this;
    chat?.addEventListener('change', () => this.show());
    chat?.addEventListener('arrival', () => document.hidden && markTitle());
    for (const [target, type] of /** @type {const} */ ([[window, 'online'], [document, 'visibilitychange'], [window, 'pageshow']])) {
      target.addEventListener(type, () => {
        if (!document.hidden) {
          unmarkTitle();
          chat?.connection.hurry();
          chat?.outbox.flush();
        }
        this.show();
      });
    }
    window.addEventListener('offline', () => this.show());
  }

  /** Asks the desk for the shop's name, promise and hours. @param {string} base */
  async learn(base) {
    try {
      Object.assign(this.shop ?? {}, await (await fetch(`${base}/api/v1/shop`)).json());
      this.show();
    } catch { /* the widget works without */ }
  }

  /** Offers help by the shop's rules; never to somebody who already talks. */
  greet() {
    this.greeter = new Greeter({
      rules: () => [...this.ownGreeting(), ...(this.shop?.greeting ?? [])],
      basket: () => Number(this.getAttribute('basket')) || 0,
      over: () => Boolean(!this.isConnected || this.isOpen || this.chat?.transcript.last || this.chat?.vault.get('conversation')),
      show: (rule) => this.offer(rule.texts?.[this.words?.language ?? ''] ?? rule.text),
      tab: /** @type {Storage} */ (this.tab),
    });
  }

  /** @returns {import('./types').GreetingRule[]} */
  ownGreeting() {
    const text = this.getAttribute('greeting');
    return text ? [{ text, path: this.getAttribute('greeting-path') ?? '*', after_s: Number(this.getAttribute('greeting-after') ?? 30) }] : [];
  }

  /** @param {string} text @returns {HTMLElement} */
  offer(text) {
    const card = greetingCard(text, /** @type {Words} */ (this.words), () => this.open(), () => {
      card.remove();
      this.launcher.focus();
    });
    this.frame.append(card);
    return card;
  }

  /** @param {boolean} [focus] whether the shopper asked for it */
  open(focus = true) {
    this.greeter?.stop();
    if (!this.panel) {
      this.panel = new Panel(/** @type {Chat} */ (this.chat), /** @type {Words} */ (this.words), /** @type {any} */ (this.shop), () => this.close(), this.starters());
      this.frame.append(this.panel.node);
    }
    this.panel.node.hidden = false;
    this.state(true);
    this.panel.log.bottom();
    if (focus) this.panel.text.focus();
  }

  close() {
    if (this.panel) this.panel.node.hidden = true;
    this.state(false);
    this.launcher.focus();
  }

  /** @param {boolean} open */
  state(open) {
    this.isOpen = open;
    if (open) this.tab?.setItem('cornerdesk-open', '1');
    else this.tab?.removeItem('cornerdesk-open');
    this.launcher.setAttribute('aria-expanded', String(open));
    this.launcher.hidden = open;
    this.show();
  }

  show() {
    if (this.isOpen) {
      this.panel?.show();
      if (!document.hidden && this.chat?.caughtUp) this.chat.markRead();
    }
    const unread = this.isOpen ? 0 : this.chat?.unread ?? 0;
    this.badge.hidden = !unread;
    this.badge.textContent = String(unread);
    this.badge.setAttribute('aria-label', this.words?.t('unread', { n: unread }));
  }
}

customElements.define('cornerdesk-chat', CornerdeskChat);
