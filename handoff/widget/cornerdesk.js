/**
 * <cornerdesk-chat>: a shop's chat, in an open shadow root.
 *
 * Attributes: `desk` (the desk's address; where this file came from, if left out), `lang`, `side` (left, right),
 * `theme` (light, auto), `accent` (a colour), `sku`, `page-title`, `basket` (how many things are in it), `open`, `label`,
 * `greeting` with `greeting-after` (seconds) and `greeting-path`; `text-KEY` for any text. `--cornerdesk-*` is the theme.
 */
import { Chat } from './chat.js';
import { h, icon, ICONS } from './dom.js';
import { due, greetingCard } from './greeting.js';
import { pageOf } from './page.js';
import { Panel } from './panel.js';
import { dress } from './style.js';
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
    this.chat?.link.stop();
  }

  /** The shop's own words: attributes `text-hello="…"` for the key `hello`. @returns {Record<string, string>} */
  ownWords() {
    return Object.fromEntries([...this.attributes].filter((a) => a.name.startsWith('text-'))
      .map((a) => [a.name.slice(5).replace(/-/g, '_'), a.value]));
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
    for (const [target, type] of /** @type {const} */ ([[window, 'online'], [document, 'visibilitychange'], [window, 'pageshow']])) {
      target.addEventListener(type, () => {
        if (!document.hidden) {
          chat?.link.hurry();
          chat?.flush();
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
    const text = this.getAttribute('greeting');
    const own = text ? [{ text, path: this.getAttribute('greeting-path') ?? '*', after_s: Number(this.getAttribute('greeting-after') ?? 30) }] : [];
    const found = due([...own, ...(this.shop?.greeting ?? [])], {
      path: location.pathname, seconds: performance.now() / 1000, basket: Number(this.getAttribute('basket')) > 0 });
    const over = () => this.isOpen || this.tab?.getItem('cornerdesk-greeted') || this.chat?.transcript.last || this.chat?.vault.get('conversation');
    if (!found || over()) return;
    setTimeout(() => {
      if (over() || !this.isConnected) return;
      this.tab?.setItem('cornerdesk-greeted', '1');
      const gone = () => this.card?.remove();
      this.card = greetingCard(found.text, /** @type {Words} */ (this.words), () => this.open(), () => {
        gone();
        this.launcher.focus();
      });
      this.frame.append(this.card);
    }, found.in_s * 1000);
  }

  /** @param {boolean} [focus] whether the shopper asked for it */
  open(focus = true) {
    this.card?.remove();
    if (!this.panel) {
      this.panel = new Panel(/** @type {Chat} */ (this.chat), /** @type {Words} */ (this.words), /** @type {any} */ (this.shop), () => this.close());
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
      if (!document.hidden && this.chat?.caughtUp) this.chat.seen();
    }
    const unread = this.isOpen ? 0 : this.chat?.unread ?? 0;
    this.badge.hidden = !unread;
    this.badge.textContent = String(unread);
    this.badge.setAttribute('aria-label', this.words?.t('unread', { n: unread }));
  }
}

customElements.define('cornerdesk-chat', CornerdeskChat);
