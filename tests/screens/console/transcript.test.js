import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goesOn } from '../../../handoff/console/transcript.js';

const message = (from, at, name = null) => ({ type: 'message', from, name, at: `2026-01-01T10:${at}Z` });

test('a message goes on where the same person stopped, soon before', () => {
  assert.equal(goesOn(message('agent', '01:59', 'Kim'), message('agent', '00:00', 'Kim')), true);
  assert.equal(goesOn(message('agent', '02:00', 'Kim'), message('agent', '00:00', 'Kim')), false);
  assert.equal(goesOn(message('agent', '00:10', 'Kim'), message('agent', '00:00', 'Robin')), false);
  assert.equal(goesOn(message('shopper', '00:10'), message('bot', '00:00')), false);
});

test('nothing goes on after a change of state, at the beginning, or between two words of the desk', () => {
  assert.equal(goesOn(message('bot', '00:10'), { type: 'state', at: '2026-01-01T10:00:00Z' }), false);
  assert.equal(goesOn(message('bot', '00:10'), null), false);
  assert.equal(goesOn(message('system', '00:10'), message('system', '00:00')), false);
});
