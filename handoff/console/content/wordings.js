/** Each wording once, with how often it was asked. @param {any[]} questions @returns {any[]} */
export function once(questions) {
  const found = new Map();
  for (const q of questions) {
    const words = q.text.trim().toLowerCase();
    found.set(words, { ...q, times: (found.get(words)?.times ?? 0) + 1 });
  }
  return [...found.values()].sort((a, b) => b.times - a.times);
}
