/**
 * Canned replies: `/` and a few letters fill an agent's draft. They are never sent by themselves.
 * @typedef {{name: string, text: string}} CannedReply
 */

const MOST = 8;

export class Canned {
  /** @type {CannedReply[]} */
  replies = [];

  /** @param {import('../api.js').Api} api */
  constructor(api) {
    this.api = api;
  }

  load() {
    return this.api.get('/canned').then(({ replies }) => (this.replies = replies), () => {});
  }
}

/** The `/word` that ends at the cursor. @param {string} text @param {number} cursor @returns {string | null} */
export function wordAtCursor(text, cursor) {
  return text.slice(0, cursor).match(/(?:^|\s)\/([\w-]*)$/)?.[1]?.toLowerCase() ?? null;
}

/** @param {CannedReply[]} all @param {string} word @returns {CannedReply[]} those that begin with it, then those that hold it */
export function matching(all, word) {
  const begins = all.filter((c) => c.name.toLowerCase().startsWith(word));
  const holds = all.filter((c) => !begins.includes(c) && `${c.name} ${c.text}`.toLowerCase().includes(word));
  return [...begins, ...holds].slice(0, MOST);
}

/** Puts values in their places; a place without a value stays in sight. @param {string} text @param {Record<string, string | undefined>} values */
export function fillPlaces(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] || whole);
}

/**
 * What the places in a canned reply stand for.
 * @param {string} agent @param {string} shop @param {any} detail of the chat @returns {Record<string, string | undefined>}
 */
export function placeValues(agent, shop, detail) {
  const named = detail?.brief?.entities ?? {};
  return { agent, shop, order: named.order_number?.[0], product: named.product?.[0] ?? detail?.page?.title };
}
