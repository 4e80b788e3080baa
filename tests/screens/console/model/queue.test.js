import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Queue } from '../../../../handoff/console/model/queue.js';

const summary = (id, state) => ({ conversation_id: id, state });

test('an empty queue is not yet a known one', () => {
  const queue = new Queue();
  assert.equal(queue.known, false);
  queue.replace([]);
  assert.equal(queue.known, true);
});

test('a chat is found by its id, and those of a state keep the order of the desk', () => {
  const queue = new Queue();
  queue.replace([summary('a', 'waiting'), summary('b', 'assigned'), summary('c', 'waiting')]);
  assert.equal(queue.find('b')?.state, 'assigned');
  assert.equal(queue.find('none'), undefined);
  assert.deepEqual(queue.inState('waiting').map((s) => s.conversation_id), ['a', 'c']);
});
