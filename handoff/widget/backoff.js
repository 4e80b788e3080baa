/**
 * How long to wait before trying again: doubling from half a second to 20 s, spread so that a thousand
 * browsers do not come back at once.
 * @param {number} tries @param {() => number} [random] @returns {number} milliseconds
 */
export function backoff(tries, random = Math.random) {
  const most = Math.min(20_000, 500 * 2 ** Math.min(tries, 10));
  return most / 2 + (random() * most) / 2;
}
