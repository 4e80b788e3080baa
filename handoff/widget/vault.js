/**
 * What a shopper's browser keeps: the conversation, every message not yet known to be stored, the draft.
 * Each unsent message is a key of its own, so two tabs never overwrite each other's.
 * @typedef {import('./types').Unsent} Unsent
 */

/** A stand-in for browsers that forbid storage: lasts as long as the page. @returns {Storage} */
function fleeting() {
  /** @type {Map<string, string>} */
  const map = new Map();
  return /** @type {any} */ ({
    getItem: (/** @type {string} */ k) => map.get(k) ?? null,
    setItem: (/** @type {string} */ k, /** @type {string} */ v) => map.set(k, v),
    removeItem: (/** @type {string} */ k) => map.delete(k),
    key: (/** @type {number} */ i) => [...map.keys()][i] ?? null,
    get length() { return map.size; },
  });
}

/** @param {'localStorage' | 'sessionStorage'} kind @returns {Storage} */
export function storage(kind) {
  try {
    const box = globalThis[kind];
    box.setItem('cornerdesk', '1');
    return box;
  } catch {
    return fleeting();
  }
}

export class Vault {
  /** @param {string} shop the address of the desk: one vault for each @param {Storage} [box] */
  constructor(shop, box = storage('localStorage')) {
    this.prefix = `cornerdesk:${shop}:`;
    this.box = box;
  }

  /** @param {string} key @returns {any} */
  get(key) {
    try {
      return JSON.parse(this.box.getItem(this.prefix + key) ?? 'null');
    } catch {
      return null;
    }
  }

  /** @param {string} key @param {unknown} value null forgets it */
  set(key, value) {
    try {
      if (value == null) this.box.removeItem(this.prefix + key);
      else this.box.setItem(this.prefix + key, JSON.stringify(value));
    } catch { /* full or forbidden: this page still holds it */ }
  }

  /** Unsent messages, oldest first. @returns {Unsent[]} */
  unsent() {
    const start = `${this.prefix}out:`;
    return Array.from({ length: this.box.length }, (_, i) => this.box.key(i) ?? '')
      .filter((key) => key.startsWith(start))
      .map((key) => this.get(key.slice(this.prefix.length)))
      .filter(Boolean)
      .sort((a, b) => a.at.localeCompare(b.at));
  }

  /** @param {Unsent} message */
  keep(message) {
    this.set(`out:${message.client_id}`, message);
  }

  /** @param {string} clientId */
  drop(clientId) {
    this.set(`out:${clientId}`, null);
  }

  /** Calls back when another tab changed something. @param {(key: string) => void} then */
  watch(then) {
    globalThis.addEventListener?.('storage', (e) => {
      if (e.key?.startsWith(this.prefix)) then(e.key.slice(this.prefix.length));
    });
  }
}
