/**
 * The agents of this desk: who is there, who is available, how much each has.
 * @typedef {{id: string, name: string, role: string, email?: string, team?: string | null, present: boolean, available: boolean,
 *   chats?: number, capacity: number, languages?: string[], skills?: string[]}} Agent
 */

export class Team {
  /** @type {Agent[]} */
  agents = [];
  /** Whether the desk shows its agents at all: not once it has refused to. */
  offered = true;

  /** @param {import('../api.js').Api} api @param {() => void} changed */
  constructor(api, changed) {
    this.api = api;
    this.changed = changed;
  }

  async load() {
    try {
      this.agents = (await this.api.get('/agents')).agents;
      this.changed();
    } catch {
      this.offered = false;
    }
  }

  /** @param {string} id @returns {Agent | undefined} */
  find(id) {
    return this.agents.find((a) => a.id === id);
  }

  /** @returns {string[]} the names of the teams that agents belong to */
  names() {
    return [...new Set(this.agents.flatMap((a) => a.team || []))];
  }
}
