import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsTable } from '../../../handoff/widget/facts.js';

const fact = (text, more = {}) => ({ text, url: '/p', label: '', variant: '', ...more });
const text = (node) => typeof node === 'string' ? node : node.tag === 'br' ? '\n' : node.kids.map(text).join('');
const lines = (columns, ...rows) => factsTable({ columns, rows }).kids.map((row) => row.kids.map(text));
const heron = (n, ...cells) => ({ product: `Heron ${n}`, url: `/heron-${n}`, cells });

test('one product: a line for each kind', () => {
  assert.deepEqual(lines(['Price', 'Weight'], heron(2, [fact('289.00 EUR', { label: 'price' })], [fact('1.9 kg')])),
    [['Price', '289.00 EUR'], ['Weight', '1.9 kg']]);
});

test('one kind of several products: a row each; what a page does not say stays empty', () => {
  assert.deepEqual(lines(['Weight'], heron(2, [fact('1.9 kg')]), heron(4, [])),
    [['', 'Weight'], ['Heron 2', '1.9 kg'], ['Heron 4', '']]);
});

test('several kinds of several products: side by side', () => {
  assert.deepEqual(lines(['Price', 'Weight'], heron(2, [fact('289 EUR')], [fact('1.9 kg')]), heron(4, [fact('449 EUR')], [])),
    [['', 'Heron 2', 'Heron 4'], ['Price', '289 EUR', '449 EUR'], ['Weight', '1.9 kg', '']]);
});

test('what a page calls it is told where that tells two things apart, and what it is true of always', () => {
  const weights = [fact('1.9 kg', { label: 'With pegs' }), fact('1.7 kg', { label: 'Without' })];
  const sizes = [fact('980 g', { label: 'Weight', variant: 'Regular' }), fact('1,060 g', { label: 'Weight', variant: 'Long' })];
  assert.deepEqual(lines(['Weight', 'Weight'], heron(2, weights, sizes)),
    [['Weight', 'With pegs: 1.9 kg\nWithout: 1.7 kg'], ['Weight', 'Regular: 980 g\nLong: 1,060 g']]);
});

test('a product is a link to its page, and to nothing else', () => {
  const link = (url) => factsTable({ columns: ['Weight'], rows: [{ ...heron(2, []), url }, heron(4, [])] }).kids[1].kids[0].kids[0].href;
  assert.equal(link('/heron-2'), '/heron-2');
  assert.equal(link('javascript:alert(1)'), undefined);
});
