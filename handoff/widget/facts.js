/**
 * Product facts as a table, to be rendered as the pages' own are: a row a product, or a line a kind where there is one product.
 * @typedef {import('./types').MarkdownNode} MarkdownNode
 * @typedef {import('./types').Fact} Fact
 */
import { safeHref } from './markdown.js';

/** @param {string} tag @param {...MarkdownNode} kids @returns {MarkdownNode} */
const node = (tag, ...kids) => ({ tag, kids });

/** What a page states of one kind, a line each; named where the page calls it otherwise. @param {Fact[]} facts @param {string} column */
const lines = (facts, column) => facts.flatMap(({ text, label, variant }, i) => [
  ...(i ? [node('br')] : []),
  [label?.toLowerCase() !== column.toLowerCase() && label, variant, text].filter(Boolean).join(': '),
]);

/** @param {import('./types').Facts} facts @returns {MarkdownNode} */
export function factsTable({ columns, rows }) {
  const [{ cells }] = rows;
  if (!rows[1]) return node('table', ...columns.map((column, i) => node('tr', node('th', column), node('td', ...lines(cells[i], column)))));
  return node('table', node('tr', node('th'), ...columns.map((column) => node('th', column))), ...rows.map(({ product, url, cells }) =>
    node('tr', node('td', { tag: 'a', href: safeHref(url), kids: [product] }), ...cells.map((facts, i) => node('td', ...lines(facts, columns[i]))))));
}
