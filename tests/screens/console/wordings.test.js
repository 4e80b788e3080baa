import assert from 'node:assert/strict';
import { test } from 'node:test';
import { once } from '../../../handoff/console/content/wordings.js';

test('each wording stands once, the most asked first', () => {
  const found = once([{ text: 'rent a canoe?' }, { text: 'Kayaks?' }, { text: ' kayaks? ', reason: 'unknown' }]);
  assert.deepEqual(found.map((q) => [q.text.trim(), q.times]), [['kayaks?', 2], ['rent a canoe?', 1]]);
  assert.deepEqual(once([]), []);
});
