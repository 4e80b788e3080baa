import assert from 'node:assert/strict';
import { test } from 'node:test';
import { due } from '../../handoff/widget/greeting.js';

const RULES = [
  { text: 'basket', path: '/checkout', basket: true, after_s: 60 },
  { text: 'product', path: '/products/*', after_s: 40 },
];

test('the first rule that fits the page speaks, after its time', () => {
  assert.deepEqual(due(RULES, { path: '/products/tent', seconds: 10, basket: false }), { text: 'product', in_s: 30 });
  assert.deepEqual(due(RULES, { path: '/products/tent', seconds: 90, basket: false }), { text: 'product', in_s: 0 });
});

test('a rule about the basket asks for one', () => {
  assert.equal(due(RULES, { path: '/checkout', seconds: 0, basket: false }), null);
  assert.equal(due(RULES, { path: '/checkout', seconds: 0, basket: true }).text, 'basket');
});

test('no rule, no greeting', () => {
  assert.equal(due(RULES, { path: '/', seconds: 500, basket: true }), null);
  assert.equal(due([], { path: '/', seconds: 500, basket: true }), null);
});
