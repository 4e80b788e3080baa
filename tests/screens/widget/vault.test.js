import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Vault } from '../../../handoff/widget/vault.js';

function box() {
  const map = new Map();
  return { map, getItem: (k) => map.get(k) ?? null, setItem: (k, v) => map.set(k, v), removeItem: (k) => map.delete(k), key: (i) => [...map.keys()][i] ?? null, get length() { return map.size; } };
}
const message = (client_id, at) => ({ client_id, at, text: client_id, shown: client_id });

test('unsent messages come back oldest first, from every tab', () => {
  const shared = box();
  const [one, two] = [new Vault('https://a', shared), new Vault('https://a', shared)];
  two.keep(message('second', '2026-01-01T10:00:02Z'));
  one.keep(message('first', '2026-01-01T10:00:01Z'));
  assert.deepEqual(two.unsent().map((m) => m.client_id), ['first', 'second']);
  one.drop('second');
  assert.deepEqual(two.unsent().map((m) => m.client_id), ['first']);
});

test('two desks do not read each other', () => {
  const shared = box();
  new Vault('https://a', shared).keep(message('x', '2026-01-01T10:00:01Z'));
  assert.deepEqual(new Vault('https://b', shared).unsent(), []);
});

test('a full or broken storage loses nothing that is on the page', () => {
  const full = { ...box(), setItem() { throw new Error('full'); }, getItem: () => '{broken' };
  const vault = new Vault('https://a', full);
  vault.keep(message('x', '2026-01-01T10:00:01Z'));
  assert.equal(vault.get('draft'), null);
});
