import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { due, since, span, urgency } from '../../../handoff/console/time.js';

beforeEach(() => mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-01-01T10:00:00Z') }));
afterEach(() => mock.timers.reset());

test('a span is told in its largest whole unit', () => {
  assert.deepEqual([0, 59.9, 60, 3599, 3600, 86_399, 86_400].map(span), ['0 s', '59 s', '1 min', '59 min', '1 h', '23 h', '1 d']);
});

test('a time that has not come yet, or is not known, was no time ago', () => {
  assert.equal(since('2026-01-01T09:59:30Z'), 30);
  assert.equal(since('2026-01-01T10:00:30Z'), 0);
  assert.equal(since(null), 0);
});

test('a wait grows urgent after two minutes, late after five', () => {
  assert.deepEqual([120, 121, 300, 301].map(urgency), ['calm', 'soon', 'soon', 'late']);
});

test('the reply is due before the solution; what is past is overdue', () => {
  const [soon, later, past] = ['2026-01-01T10:02:00Z', '2026-01-01T12:00:00Z', '2026-01-01T09:00:00Z'];
  assert.equal(due({ state: 'waiting', reply_due_at: soon, resolve_due_at: later }), ' · reply due in 2 min');
  assert.equal(due({ state: 'assigned', reply_due_at: null, resolve_due_at: later }), ' · solution due in 2 h');
  assert.equal(due({ state: 'waiting', reply_due_at: past }), ' · reply overdue by 1 h');
  assert.equal(due({ state: 'assigned' }), '');
});
