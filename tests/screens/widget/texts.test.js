import assert from 'node:assert/strict';
import { test } from 'node:test';
import en from '../../../handoff/widget/texts/en.js';
import others from '../../../handoff/widget/texts/others.js';
import { LANGUAGES, Words } from '../../../handoff/widget/words.js';

const places = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

test('every text is there in every language, with the same places to fill', () => {
  assert.deepEqual(['en', ...Object.keys(others)], LANGUAGES);
  const keys = Object.keys(en);
  for (const [language, texts] of Object.entries(others)) {
    const lines = texts.split('\n');
    assert.equal(lines.length, keys.length, language);
    lines.forEach((text, i) => {
      assert.deepEqual(places(text), places(en[keys[i]]), `${language}, ${keys[i]}: ${text}`);
      assert.equal(text, text.trim());
      assert.ok(text, `${language}, ${keys[i]}`);
      assert.equal(/[?？؟]$/.test(text), (keys[i] === 'open' ? language === 'fr' : en[keys[i]].endsWith('?')), `${language}, ${keys[i]}: ${text}`);
    });
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
