import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrivals, calling, seenIn } from '../../../handoff/console/arrivals.js';

const chat = (id, state, agent = null, unread = 0) => ({ conversation_id: id, state, agent: agent && { id: agent, name: agent }, unread });
const ids = (found) => Object.fromEntries(Object.entries(found).map(([kind, all]) => [kind, all.map((s) => s.conversation_id)]));
const after = (before, queue, own = []) => ids(arrivals(before && seenIn(before), queue, 'me', new Set(own)));

test('what was there at the first look is not new', () => {
  assert.deepEqual(after(null, [chat('a', 'waiting')]), { waiting: [], given: [], spoken: [] });
});

test('who comes to the queue is new, once, and again when they come back', () => {
  assert.deepEqual(after([], [chat('a', 'waiting')]).waiting, ['a']);
  assert.deepEqual(after([chat('a', 'waiting')], [chat('a', 'waiting')]).waiting, []);
  assert.deepEqual(after([chat('a', 'assigned', 'kim')], [chat('a', 'waiting')]).waiting, ['a']);
});

test('a chat handed to me is told, one that I took is not', () => {
  assert.deepEqual(after([chat('a', 'waiting')], [chat('a', 'assigned', 'me')]).given, ['a']);
  assert.deepEqual(after([chat('a', 'assigned', 'kim')], [chat('a', 'assigned', 'me')]).given, ['a']);
  assert.deepEqual(after([chat('a', 'waiting')], [chat('a', 'assigned', 'me')], ['a']).given, []);
  assert.deepEqual(after([chat('a', 'waiting')], [chat('a', 'assigned', 'kim')]).given, []);
});

test('a new message in my chat is told; in a colleague’s it is not', () => {
  assert.deepEqual(after([chat('a', 'assigned', 'me', 1)], [chat('a', 'assigned', 'me', 2)]).spoken, ['a']);
  assert.deepEqual(after([chat('a', 'assigned', 'me', 2)], [chat('a', 'assigned', 'me', 0)]).spoken, []);
  assert.deepEqual(after([chat('a', 'assigned', 'kim', 1)], [chat('a', 'assigned', 'kim', 2)]).spoken, []);
});

test('a message that comes with the taking itself is told', () => {
  assert.deepEqual(after([chat('a', 'waiting', null, 2)], [chat('a', 'assigned', 'me', 1)], ['a']).spoken, ['a']);
  assert.deepEqual(after([chat('a', 'waiting', null, 2)], [chat('a', 'assigned', 'me', 0)], ['a']).spoken, []);
});

test('the tab counts those who wait and my own unread chats', () => {
  assert.equal(calling([chat('a', 'waiting'), chat('b', 'assigned', 'me', 3), chat('c', 'assigned', 'me'), chat('d', 'assigned', 'kim', 1)], 'me'), 2);
});
