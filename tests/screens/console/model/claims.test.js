import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Claims } from '../../../../handoff/console/model/claims.js';
import { FakeApi } from './api.js';

let api;
let claims;
let shown;
let refused;
let during;
beforeEach(() => {
  api = new FakeApi();
  [shown, refused, during] = [[], [], []];
  claims = new Claims({ api, act: async () => true, refused: (m) => refused.push(m), show: async (id) => {
    during.push(claims.claiming, claims.ids.has(id));
    shown.push(id);
  } });
});

test('a chat is claimed by hand before the desk says so', () => {
  const claiming = claims.claim('c');
  assert.ok(claims.ids.has('c'));
  return claiming.then((done) => assert.equal(done, true));
});

test('the next chat is known to be claimed while it is shown', async () => {
  api.answers['POST /queue/next'] = { conversation_id: 'c' };
  assert.equal(await claims.claimNext(), true);
  assert.deepEqual(shown, ['c']);
  assert.deepEqual(during, [true, true]);
  assert.equal(claims.claiming, false);
});

test('when nobody waits, the agent is told', async () => {
  api.answers['POST /queue/next'] = { conversation_id: null };
  assert.equal(await claims.claimNext(), false);
  assert.deepEqual(refused, ['Nobody is waiting.']);
  assert.deepEqual(shown, []);
});

test('a refusal is shown, and is over', async () => {
  api.answers['POST /queue/next'] = 409;
  assert.equal(await claims.claimNext(), false);
  assert.deepEqual(refused, ['Refused: 409.']);
  assert.equal(claims.claiming, false);
});
