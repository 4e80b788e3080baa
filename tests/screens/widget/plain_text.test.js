import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainText } from '../../../handoff/widget/plain_text.js';
import { apply, empty } from '../../../handoff/widget/transcript.js';

const words = { t: (key) => key, time: () => '10:00' };

test('the talk is kept with who said it, and an answer with its page', () => {
  const transcript = empty();
  const say = (seq, from, more) => apply(transcript, { seq, at: '2026-01-01T10:00:00Z', type: 'message', from, ...more });
  say(1, 'shopper', { text: 'how long do I have?' });
  say(2, 'bot', { text: 'Sixty days.', answer: { passage: 'Sixty days.', page_title: 'Returns', url: '/help/returns' } });
  apply(transcript, { seq: 3, at: '2026-01-01T10:00:00Z', type: 'state', state: 'assigned' });
  say(4, 'agent', { text: 'Anything else?', name: 'Robin' });
  assert.equal(plainText(transcript, words, 'Fell & Ford'),
    'Fell & Ford\n\n10:00 you: how long do I have?\n\n10:00 assistant: \nSixty days.\n(Returns, /help/returns)\n\n10:00 Robin: Anything else?\n');
});
