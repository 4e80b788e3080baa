import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromField, GROUPS, toField } from '../../../handoff/console/settings_fields.js';

const field = (name) => GROUPS.flatMap(([, fields]) => fields).find((f) => f.name === name);
const STORED = { first_reply_s: 300, resolution_s: 86400, idle_minutes: 60, hours: 'Mon-Fri 9:00-18:00', holidays: ['2026-12-25', '2027-01-01'], assignment: 'auto' };

test('every setting comes back from its field as it went in', () => {
  for (const [name, value] of Object.entries(STORED)) assert.deepEqual(fromField(field(name), toField(field(name), value)), value, name);
});

test('times are shown in the units that people think in', () => {
  assert.equal(toField(field('first_reply_s'), 300), '5');
  assert.equal(toField(field('resolution_s'), 86400), '24');
  assert.equal(fromField(field('first_reply_s'), ''), 0);
});

test('days may stand on lines of their own', () => {
  assert.deepEqual(fromField(field('holidays'), '2026-12-25,\n2027-01-01 '), ['2026-12-25', '2027-01-01']);
  assert.equal(toField(field('holidays'), undefined), '');
});
