import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff } from '../../../handoff/widget/backoff.js';

test('waits longer each time, spread out, and never longer than twenty seconds', () => {
  assert.equal(backoff(0, () => 0), 250);
  assert.equal(backoff(0, () => 1), 500);
  assert.equal(backoff(3, () => 1), 4000);
  assert.equal(backoff(50, () => 1), 20000);
});
