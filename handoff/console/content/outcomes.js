/** What became of learning, in sentences, and suggestions by the section that answers them. */

/** @param {number} n @param {string} one @param {string} [many] */
export const some = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** Suggestions by section, the section of the weightiest first; they come weightiest first. @param {any[]} suggestions @returns {{title: string, url: string, of: any[]}[]} */
export function bySection(suggestions) {
  const found = new Map();
  for (const one of suggestions) {
    if (!found.has(one.passage_id)) found.set(one.passage_id, { title: one.heading === one.page_title ? one.heading : `${one.page_title}: ${one.heading}`, url: one.url, of: [] });
    found.get(one.passage_id).of.push(one);
  }
  return [...found.values()];
}

/** What came of accepting. @param {any} done @returns {string} */
export function accepted(done) {
  const { asked, before, after } = done.held_out;
  const figures = `Of ${some(asked, 'question')} that your pages list, asked as if nobody had written them down, ${after} find their section with this, and ${before} without.`;
  if (done.undone) return `Nothing was accepted, because it would do harm. ${figures} Accept them one by one.`;
  const left = done.not_done.length ? ` ${notDone(done.not_done)}` : '';
  if (done.harmful) return `${some(done.keys.length, 'question')} accepted, and it does harm. ${figures}${left}`;
  return `${some(done.keys.length, 'question')} accepted.${left}`;
}

/** What could not be written or taken back, the first with why. @param {any[]} left @returns {string} */
export const notDone = (left) => `${some(left.length, 'page could', 'pages could')} not be changed: “${left[0].question}”: ${left[0].why}`;

/** The figure of the week. @param {any} taught @returns {string} */
export function share(taught) {
  return taught.answered ? `${taught.taught} of ${taught.answered}` : 'no answers yet';
}
