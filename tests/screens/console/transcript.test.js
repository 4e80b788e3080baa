import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feedbackSentence, goesOn } from '../../../handoff/console/transcript.js';

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

test('a yes or no to a likely passage reads otherwise than a thumb', () => {
  const answer = { heading: 'Sixty days', page_title: 'Returns', likely: true };
  assert.equal(feedbackSentence(false, answer), 'Shopper: this was not it (Sixty days)');
  assert.equal(feedbackSentence(true, { ...answer, likely: false, heading: '' }), 'Shopper: this helped (Returns)');
  assert.equal(feedbackSentence(false), 'Shopper: this did not help');
});
