import assert from 'node:assert/strict';
import { test } from 'node:test';
import { earlier } from '../../../handoff/console/episodes.js';

const said = (seq, text) => ({ seq, at: `2026-11-0${seq}`, type: 'message', from: 'shopper', text });
const resolved = (seq) => ({ seq, at: `2026-11-0${seq}`, type: 'state', state: 'resolved' });

test('each chat that is over and was followed by another is an earlier one', () => {
  const events = [said(1, 'a tent'), said(2, 'and pegs'), resolved(3), said(4, 'a stove'), resolved(5), said(6, 'a lamp')];
  assert.deepEqual(earlier(events).map((e) => [e.seq, e.question]), [[1, 'a tent'], [4, 'a stove']]);
});

test('the chat that has just ended is not an earlier one', () => {
  assert.deepEqual(earlier([said(1, 'a tent'), resolved(2)]), []);
  assert.deepEqual(earlier([said(1, 'a tent'), resolved(2), said(3, 'a stove'), resolved(4)]).map((e) => e.seq), [1]);
  assert.deepEqual(earlier([]), []);
});
