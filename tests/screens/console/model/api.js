/** A desk's answers, in the test's hands. */
import { Refused } from '../../../../handoff/console/api.js';

export class FakeApi {
  /** By "METHOD /path": what is answered, or a status that refuses. @type {Record<string, any>} */
  answers = {};
  /** @type {[string, any][]} */
  calls = [];

  async call(method, path, body) {
    this.calls.push([`${method} ${path}`, body]);
    const answer = this.answers[`${method} ${path}`] ?? {};
    if (typeof answer === 'number') throw new Refused(answer, 'refused', `Refused: ${answer}.`);
    return answer;
  }

  get(path) { return this.call('GET', path); }

  post(path, body) { return this.call('POST', path, body); }
}
