import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../../handoff/widget/texts/en.js';
import others, { ORDER } from '../../../handoff/widget/texts/others.js';
import { LANGUAGES, Words } from '../../../handoff/widget/words.js';

const places = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

test('every text is there in every language, with the same places to fill', () => {
  assert.deepEqual(['en', ...ORDER], LANGUAGES);
  assert.deepEqual(Object.keys(others).sort(), Object.keys(en).sort());
  for (const [key, all] of Object.entries(others)) {
    assert.equal(all.length, ORDER.length, key);
    for (const text of all) assert.deepEqual(places(text), places(en[key]), `${key}: ${text}`);
  }
});

test('a language that is not there becomes English, a shop’s own words win', async () => {
  const words = new Words();
  await words.use('nl-BE', { open: 'Hello there' });
  assert.equal(words.language, 'en');
  assert.equal(words.t('open'), 'Hello there');
  await words.use('ar');
  assert.equal(words.direction, 'rtl');
  assert.equal(words.t('send'), 'إرسال');
});

test('a wait in minutes, never less than one', async () => {
  const words = new Words();
  assert.equal(words.wait(5, 40), 'Usually about 1 minute');
  assert.equal(words.wait(120, 300), 'Usually about 2–5 minutes');
  assert.equal(words.wait(170, 190), 'Usually about 3 minutes');
  assert.equal(words.wait(null, null), 'We will be with you as soon as we can');
});
