/**
 * Canned replies: `/` and a few letters fill an agent's draft. They are never sent by themselves.
 * @typedef {{name: string, text: string}} Canned
 */

/** The `/word` that ends at the cursor. @param {string} text @param {number} cursor @returns {string | null} */
export function asked(text, cursor) {
  return text.slice(0, cursor).match(/(?:^|\s)\/([\w-]*)$/)?.[1]?.toLowerCase() ?? null;
}

/** @param {Canned[]} all @param {string} word @returns {Canned[]} those that begin with it, then those that hold it */
export function fitting(all, word) {
  const begins = all.filter((c) => c.name.toLowerCase().startsWith(word));
  const holds = all.filter((c) => !begins.includes(c) && `${c.name} ${c.text}`.toLowerCase().includes(word));
  return [...begins, ...holds].slice(0, 8);
}

/** Puts values in their places; a place without a value stays in sight. @param {string} text @param {Record<string, string | undefined>} values */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] || whole);
}
