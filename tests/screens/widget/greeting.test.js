import assert from 'node:assert/strict';
import { test } from 'node:test';
import { due } from '../../../handoff/widget/greeting.js';

const RULES = [
  { text: 'basket', path: '/checkout', basket_min: 50, after_s: 60 },
  { text: 'product', path: '/products/*', after_s: 40 },
];
const said = (rules, path, seconds, basket = 0) => due(rules, { path, seconds, basket })?.text ?? null;

test('the first rule that fits the page speaks, after its time', () => {
  assert.equal(said(RULES, '/products/tent', 39), null);
  assert.equal(said(RULES, '/products/tent', 40), 'product');
});

test('a rule about the basket asks for enough in it', () => {
  assert.equal(said(RULES, '/checkout', 90, 0), null);
  assert.equal(said(RULES, '/checkout', 90, 49), null);
  assert.equal(said(RULES, '/checkout', 90, 50), 'basket');
});

test('a basket may be asked for, or its absence, without an amount', () => {
  assert.equal(said([{ text: 'a', basket: true, after_s: 0 }], '/', 0, 0), null);
  assert.equal(said([{ text: 'a', basket: true, after_s: 0 }], '/', 0, 1), 'a');
  assert.equal(said([{ text: 'a', basket: false, after_s: 0 }], '/', 0, 1), null);
});

test('a star stands for anything, everything else for itself', () => {
  const rule = (path) => [{ text: 'a', path, after_s: 0 }];
  assert.equal(said(rule('*'), '/anything', 0), 'a');
  assert.equal(said(rule('/*/sale'), '/tents/sale', 0), 'a');
  assert.equal(said(rule('/a.b'), '/axb', 0), null);
  assert.equal(said(rule('/products/'), '/products/tent', 0), null);
});

test('no rule, no greeting', () => {
  assert.equal(said(RULES, '/', 500, 90), null);
  assert.equal(said([], '/', 500, 90), null);
});
