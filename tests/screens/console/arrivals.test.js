import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrivals, attentionCount, snapshot } from '../../../handoff/console/arrivals.js';

const chat = (id, state, agent = null, unread = 0) => ({ conversation_id: id, state, agent: agent && { id: agent, name: agent }, unread });
const ids = (found) => Object.fromEntries(Object.entries(found).map(([kind, all]) => [kind, all.map((s) => s.conversation_id)]));
const after = (before, queue, claimed = []) => ids(arrivals(before && snapshot(before), queue, 'me', new Set(claimed)));

test('what was there at the first look is not new', () => {
  assert.deepEqual(after(null, [chat('a', 'waiting')]), { waiting: [], assigned: [], written: [] });
});

test('who comes to the queue is new, once, and again when they come back', () => {
  assert.deepEqual(after([], [chat('a', 'waiting')]).waiting, ['a']);
  assert.deepEqual(after([chat('a', 'waiting')], [chat('a', 'waiting')]).waiting, []);
  assert.deepEqual(after([chat('a', 'assigned', 'kim')], [chat('a', 'waiting')]).waiting, ['a']);
});

test('a chat handed to me is told, one that I claimed is not', () => {
  assert.deepEqual(after([chat('a', 'waiting')], [chat('a', 'assigned', 'me')]).assigned, ['a']);
  assert.deepEqual(after([chat('a', 'assigned', 'kim')], [chat('a', 'assigned', 'me')]).assigned, ['a']);
  assert.deepEqual(after([chat('a', 'waiting')], [chat('a', 'assigned', 'me')], ['a']).assigned, []);
  assert.deepEqual(after([chat('a', 'waiting')], [chat('a', 'assigned', 'kim')]).assigned, []);
});

test('a new message in my chat is told; in a colleague’s it is not', () => {
  assert.deepEqual(after([chat('a', 'assigned', 'me', 1)], [chat('a', 'assigned', 'me', 2)]).written, ['a']);
  assert.deepEqual(after([chat('a', 'assigned', 'me', 2)], [chat('a', 'assigned', 'me', 0)]).written, []);
  assert.deepEqual(after([chat('a', 'assigned', 'kim', 1)], [chat('a', 'assigned', 'kim', 2)]).written, []);
});

test('a message that comes with the claim itself is told', () => {
  assert.deepEqual(after([chat('a', 'waiting', null, 2)], [chat('a', 'assigned', 'me', 1)], ['a']).written, ['a']);
  assert.deepEqual(after([chat('a', 'waiting', null, 2)], [chat('a', 'assigned', 'me', 0)], ['a']).written, []);
});

test('the tab counts those who wait and my own unread chats', () => {
  assert.equal(attentionCount([chat('a', 'waiting'), chat('b', 'assigned', 'me', 3), chat('c', 'assigned', 'me'), chat('d', 'assigned', 'kim', 1)], 'me'), 2);
});
