import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Connection } from '../../../handoff/widget/connection.js';

class Socket {
  static all = [];
  readyState = 0;
  sent = [];
  constructor(url) {
    this.url = url;
    Socket.all.push(this);
  }
  send(text) { this.sent.push(JSON.parse(text)); }
  close() {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.();
  }
  open() {
    this.readyState = 1;
    this.onopen();
  }
  get(frame) { this.onmessage({ data: JSON.stringify(frame) }); }
}

let frames;
let statuses;
let connection;
beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  Socket.all = [];
  globalThis.WebSocket = Socket;
  frames = [];
  statuses = [];
  connection = new Connection({ base: 'https://desk.example', credentials: () => ({ conversation_id: 'c', token: 't' }), after: () => 7,
    onframe: (f) => frames.push(f), onstatus: (s) => statuses.push(s) });
});
afterEach(() => {
  connection.stop();
  mock.timers.reset();
});

test('says hello with the last number it has', () => {
  connection.start();
  const [socket] = Socket.all;
  socket.open();
  assert.equal(socket.url, 'wss://desk.example/api/v1/shopper');
  assert.deepEqual(socket.sent, [{ type: 'hello', conversation_id: 'c', token: 't', after: 7 }]);
  socket.get({ type: 'ready', state: 'bot', last_seq: 7 });
  assert.equal(connection.status, 'live');
  assert.equal(connection.send({ type: 'typing' }), true);
});

test('comes back by itself after a close, and takes nothing from the old socket', () => {
  connection.start();
  Socket.all[0].open();
  Socket.all[0].get({ type: 'ready' });
  Socket.all[0].close();
  assert.equal(connection.status, 'retrying');
  assert.equal(connection.send({}), false);
  mock.timers.tick(500);
  assert.equal(Socket.all.length, 2);
  frames.length = 0;
  Socket.all[0].get({ type: 'message' });
  assert.equal(frames.length, 0);
});

test('a socket that falls silent is given up', () => {
  connection.start();
  Socket.all[0].open();
  Socket.all[0].get({ type: 'ready' });
  mock.timers.tick(25_000);
  assert.deepEqual(Socket.all[0].sent.at(-1), { type: 'ping' });
  mock.timers.tick(6_000);
  assert.equal(connection.status, 'retrying');
});

test('after two sockets that never became ready it polls, and says so', async () => {
  const asked = [];
  const answers = [{ events: [{ seq: 8, type: 'message' }], queue: { seq: null, type: 'queue', position: 1 } }];
  globalThis.fetch = async (url) => {
    asked.push(url);
    if (!answers.length) return new Promise(() => {});
    const body = answers.shift();
    return { ok: true, json: async () => body };
  };
  connection.start();
  Socket.all[0].close();
  mock.timers.tick(500);
  Socket.all[1].close();
  mock.timers.tick(1000);
  for (let i = 0; i < 8; i++) await Promise.resolve();
  assert.equal(Socket.all.length, 2);
  assert.equal(connection.status, 'polling');
  assert.match(asked[0], /\/conversations\/c\/events\?after=7&wait=0$/);
  assert.match(asked[1], /wait=20$/);
  assert.deepEqual(frames.map((f) => f.type), ['message', 'queue', 'read']);
});

test('a refusal while polling reaches the chat', async () => {
  globalThis.fetch = async () => ({ ok: false, status: 401, json: async () => ({ error: { code: 'unauthorized', message: 'No.' } }) });
  connection.start();
  Socket.all[0].close();
  mock.timers.tick(500);
  Socket.all[1].close();
  mock.timers.tick(1000);
  for (let i = 0; i < 8; i++) await Promise.resolve();
  assert.equal(frames[0].error.code, 'unauthorized');
});
