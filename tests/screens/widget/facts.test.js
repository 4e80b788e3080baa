import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsTable } from '../../../handoff/widget/facts.js';

const fact = (text, more = {}) => ({ text, url: '/p', label: '', variant: '', ...more });
const text = (node) => typeof node === 'string' ? node : node.tag === 'br' ? '\n' : node.kids.map(text).join('');
const lines = (table) => table.kids.map((row) => row.kids.map(text));

test('one product: a line for each kind', () => {
  const cells = [[fact('289.00 EUR')], [fact('1.9 kg', { label: 'Weight' }), fact('2.1 kg', { label: 'Packed weight' })]];
  const table = factsTable({ columns: ['Price', 'Weight'], rows: [{ product: 'Heron 2', url: '/heron-2', cells }] });
  assert.deepEqual(lines(table), [['Price', '289.00 EUR'], ['Weight', '1.9 kg\nPacked weight: 2.1 kg']]);
});

test('several products: a row each, with its link; what a page does not say stays empty', () => {
  const rows = [
    { product: 'Heron 2', url: '/heron-2', cells: [[fact('1.9 kg', { variant: 'S' })]] },
    { product: 'Heron 4', url: '/heron-4', cells: [[]] },
  ];
  const table = factsTable({ columns: ['Weight'], rows });
  assert.deepEqual(lines(table), [['', 'Weight'], ['Heron 2', 'S: 1.9 kg'], ['Heron 4', '']]);
  assert.deepEqual(table.kids[1].kids[0].kids[0], { tag: 'a', href: '/heron-2', kids: ['Heron 2'] });
  const [, row] = factsTable({ columns: ['Weight'], rows: [{ ...rows[0], url: 'javascript:alert(1)' }, rows[1]] }).kids;
  assert.equal(row.kids[0].kids[0].href, undefined);
});
