import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, empty } from '../../../handoff/widget/transcript.js';

const at = '2026-01-01T10:00:00Z';

test('an event that comes twice counts once', () => {
  const t = empty();
  assert.equal(apply(t, { seq: 1, at, type: 'message', from: 'bot', text: 'a' }), true);
  assert.equal(apply(t, { seq: 1, at, type: 'message', from: 'bot', text: 'a' }), false);
  assert.equal(t.items.size, 1);
});

test('the place in the queue is there while waiting, and goes with it', () => {
  const t = empty();
  apply(t, { seq: 1, at, type: 'state', state: 'waiting', reason: 'asked' });
  apply(t, { seq: null, at, type: 'queue', position: 2, wait_low_s: 60, wait_high_s: 300 });
  assert.deepEqual(t.queue, { position: 2, low: 60, high: 300 });
  apply(t, { seq: 2, at, type: 'state', state: 'assigned', agent: { id: 'a', name: 'Robin' } });
  assert.equal(t.queue, null);
  assert.equal(t.agent, 'Robin');
});

test('what is not stored changes no number', () => {
  const t = empty();
  apply(t, { seq: 4, at, type: 'message', from: 'agent', name: 'Robin', text: 'a' });
  apply(t, { at, type: 'typing', from: 'agent' });
  assert.equal(t.last, 4);
  assert.ok(t.typing);
});

test('a rating counts until the conversation goes on', () => {
  const t = empty();
  apply(t, { seq: 1, at, type: 'state', state: 'resolved' });
  apply(t, { seq: 2, at, type: 'rating', score: 4 });
  assert.equal(t.rating, 4);
  apply(t, { seq: 3, at, type: 'state', state: 'bot' });
  assert.equal(t.rating, null);
});
