/** Calls to the desk's HTTP interface, with the session's cookie and CSRF token. */

/** A refusal: `code` is stable, `message` is a sentence for people, `status` 0 means that the desk was not reached. */
export class Refused extends Error {
  /** @param {number} status @param {string} code @param {string} message @param {string} [field] the part of the body that was refused */
  constructor(status, code, message, field) {
    super(message);
    this.field = field;
    this.status = status;
    this.code = code;
  }
}

export class Api {
  /** @param {() => void} signedOut called when the session has ended */
  constructor(signedOut) {
    this.csrf = '';
    this.signedOut = signedOut;
  }

  /** @param {string} method @param {string} path below /api/v1 @param {object} [body] @returns {Promise<any>} */
  async call(method, path, body) {
    let answer;
    try {
      answer = await fetch(`/api/v1${path}`, {
        method,
        headers: { ...(body && { 'Content-Type': 'application/json' }), ...(method !== 'GET' && { 'X-CSRF-Token': this.csrf }) },
        body: body && JSON.stringify(body),
      });
    } catch {
      throw new Refused(0, 'unreachable', 'The desk cannot be reached. It will be tried again.');
    }
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) return said;
    if (answer.status === 401 && path !== '/session') this.signedOut();
    throw new Refused(answer.status, said.error?.code ?? 'failed', said.error?.message ?? `The desk answered ${answer.status}.`, said.error?.field);
  }

  /** @param {string} path */
  get(path) {
    return this.call('GET', path);
  }

  /** @param {string} path @param {object} [body] */
  post(path, body = {}) {
    return this.call('POST', path, body);
  }
}
