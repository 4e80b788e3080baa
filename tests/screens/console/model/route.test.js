import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chatHash, parseRoute } from '../../../../handoff/console/model/route.js';

test('the address of a chat selects it', () => {
  assert.deepEqual(parseRoute(chatHash('c-12_ab')), { screen: 'chats', selected: 'c-12_ab' });
  assert.deepEqual(parseRoute(chatHash('')), { screen: 'chats', selected: '' });
});

test('other screens select no chat', () => {
  assert.deepEqual(parseRoute('#/team'), { screen: 'team', selected: '' });
  assert.deepEqual(parseRoute('#/settings'), { screen: 'settings', selected: '' });
});

test('an address that nobody knows is the list', () => {
  for (const hash of ['', '#', '#/none', '#/team/x', '#/chats/', '#/chats/a/b', '#/chats/<b>']) {
    assert.deepEqual(parseRoute(hash), { screen: 'chats', selected: '' });
  }
});
