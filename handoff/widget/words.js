/**
 * The widget's words in the shopper's language. English is at hand at once; the others are fetched when needed, without
 * their keys: by lines they are a sixth smaller.
 */
import en from './texts/en.js';

export const LANGUAGES = ['en', 'es', 'fr', 'de', 'hi', 'ar'];

export class Words {
  constructor() {
    /** @type {Record<string, string>} */
    this.texts = en;
    this.language = 'en';
  }

  /** @param {string} tag a BCP 47 tag @param {Record<string, string>} [own] the shop's own words, by key */
  async use(tag, own = {}) {
    const short = tag.slice(0, 2).toLowerCase();
    this.language = LANGUAGES.includes(short) ? short : 'en';
    this.tag = this.language === short ? tag : 'en';
    this.texts = { ...en, ...(this.language === 'en' ? {} : await translated(this.language)), ...own };
  }

  get direction() {
    return this.language === 'ar' ? 'rtl' : 'ltr';
  }

  /** @param {string} key @param {Record<string, any>} [values] @returns {string} */
  t(key, values = {}) {
    return (this.texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /** @param {string} at ISO 8601 @returns {string} the hour, or the day too when it is not today */
  time(at) {
    const then = new Date(at);
    const today = then.toDateString() === new Date().toDateString();
    return then.toLocaleString(this.tag, { hour: '2-digit', minute: '2-digit', ...(!today && { day: 'numeric', month: 'short' }) });
  }

  /** @param {string} day ISO 8601 @returns {string} */
  date(day) {
    const then = new Date(day);
    return Number.isNaN(+then) ? day : then.toLocaleDateString(this.tag, { day: 'numeric', month: 'long', year: 'numeric' });
  }

  /** @param {number | null} low seconds @param {number | null} high seconds @returns {string} how long the wait is, usually */
  wait(low, high) {
    if (high == null) return this.t('wait_unknown');
    const from = Math.max(1, Math.round((low ?? high) / 60));
    const to = Math.max(from, Math.round(high / 60));
    if (to === 1) return this.t('wait_one');
    return this.t('wait_some', { n: from === to ? from : `${from}–${to}` });
  }
}

/** @param {string} language @returns {Promise<Record<string, string>>} */
async function translated(language) {
  try {
    const lines = /** @type {Record<string, string>} */ ((await import('./texts/others.js')).default)[language].split('\n');
    return Object.fromEntries(Object.keys(en).map((key, i) => [key, lines[i]]));
  } catch {
    return {}; // English is better than nothing
  }
}
