import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Team } from '../../../../handoff/console/model/team.js';
import { FakeApi } from './api.js';

test('agents are found by their id, and their teams are named once', async () => {
  const api = new FakeApi();
  api.answers['GET /agents'] = { agents: [{ id: 'a', team: 'returns' }, { id: 'b', team: null }, { id: 'c', team: 'returns' }] };
  let changes = 0;
  const team = new Team(api, () => changes++);
  await team.load();
  assert.equal(changes, 1);
  assert.equal(team.find('a').team, 'returns');
  assert.deepEqual(team.names(), ['returns']);
  assert.equal(team.offered, true);
});

test('a desk that shows no agents offers no transfer', async () => {
  const api = new FakeApi();
  api.answers['GET /agents'] = 403;
  const team = new Team(api, () => assert.fail('nothing changed'));
  await team.load();
  assert.equal(team.offered, false);
  assert.deepEqual(team.agents, []);
});
