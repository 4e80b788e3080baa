/** One tab at a time, where the browser can promise that. @param {string} name @param {() => Promise<void>} work */
export const oneTab = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work());
