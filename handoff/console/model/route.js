/**
 * Where in the console the agent is, as the address says after its `#`. Pure.
 * @typedef {{screen: 'chats' | 'team' | 'settings', selected: string}} Route `selected`: the open chat's id, or nothing
 */

/** @param {string} hash @returns {Route} */
export function parseRoute(hash) {
  const screen = /** @type {'team' | 'settings' | undefined} */ (hash.match(/^#\/(team|settings)$/)?.[1]);
  return { screen: screen ?? 'chats', selected: hash.match(/^#\/chats\/([\w-]+)$/)?.[1] ?? '' };
}

/** @param {string} id of a chat, or nothing for the list alone @returns {string} */
export const chatHash = (id) => (id ? `#/chats/${id}` : '#/');
