/**
 * The passages found beside each chat, so that a reply can say which of them it gives: the desk keeps that for whoever
 * writes the pages. Pure.
 * @typedef {{passages: string[], index_version: string}} Given
 */
export class Passages {
  /** @type {Map<string, Map<string, {url: string, version: string}>>} by conversation, then by passage id */
  known = new Map();

  /** @param {string} chat @param {{index_version: string, passages: {passage_id: string, url: string}[]}} result of a search */
  found(chat, { index_version: version, passages }) {
    const known = this.known.get(chat) ?? new Map();
    for (const { passage_id, url } of passages) known.set(passage_id, { url, version });
    this.known.set(chat, known);
  }

  /** Those whose address stands in a text, inserted or linked. @param {string} chat @param {string} text @returns {Given | null} */
  given(chat, text) {
    const all = [...this.known.get(chat) ?? []].filter(([, { url }]) => holds(text, url));
    return all.length ? { passages: all.map(([id]) => id), index_version: all[0][1].version } : null;
  }
}

/** Whether a text holds an address, and not only the beginning of a longer one. @param {string} text @param {string} url */
const holds = (text, url) => text.split(url).slice(1).some((rest) => !/^[\w\-/#?=&%]/.test(rest));
