/** The talk as plain text, to keep. */

/** @param {import('./types').Transcript} transcript @param {import('./words.js').Words} w @param {string} shop @returns {string} */
export function plainText(transcript, w, shop) {
  const names = /** @type {Record<string, string>} */ ({ shopper: w.t('you'), bot: w.t('assistant'), system: shop });
  const lines = [...transcript.items.values()].filter((e) => e.type === 'message').map((e) => {
    const source = e.answer ? `\n${e.answer.passage}\n(${e.answer.page_title}, ${e.answer.url})` : '';
    const text = e.answer && e.text === e.answer.passage ? '' : e.text;
    return `${w.time(e.at)} ${e.name || names[e.from ?? '']}: ${text}${source}`;
  });
  return `${shop}\n\n${lines.join('\n\n')}\n`;
}
