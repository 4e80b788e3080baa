/**
 * Product facts as a table, to be rendered as the pages' own are: a row a product, or, where there are several kinds, a row a kind
 * with the products side by side, which fits a phone.
 * @typedef {import('./types').MarkdownNode} MarkdownNode
 * @typedef {import('./types').Fact} Fact
 */
import { safeHref } from './markdown.js';

/** @param {string} tag @param {...MarkdownNode} kids @returns {MarkdownNode} */
const node = (tag, ...kids) => ({ tag, kids });

/** What a page states of one kind, a line each; named where it tells several things apart. @param {Fact[]} facts */
const cell = (facts) => node('td', ...facts.flatMap(({ text, label, variant }, i) => [
  ...(i ? [node('br')] : []),
  [facts.some((other) => other.label !== label) && label, variant, text].filter(Boolean).join(': '),
]));

/** @param {import('./types').Facts} facts @returns {MarkdownNode} */
export function factsTable({ columns, rows }) {
  const products = rows.map(({ product, url }) => node('th', { tag: 'a', href: safeHref(url), kids: [product] }));
  const kinds = columns.map((column) => node('th', column));
  const across = !columns[1] && rows[1];
  const head = across ? kinds : products;
  return node('table', ...(rows[1] ? [node('tr', node('td'), ...head)] : []), ...(across
    ? rows.map(({ cells }, i) => node('tr', products[i], cell(cells[0])))
    : columns.map((_, i) => node('tr', kinds[i], ...rows.map(({ cells }) => cell(cells[i]))))));
}
