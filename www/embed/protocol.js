// How a figure in a frame and the page around it talk: version 1, described in docs/messages.md.

/** The version of what is said. */
export const VERSION = 1;

/** Says `message` to the window around this one, if there is one. */
export function post(message, target = parent, origin = "*") {
  if (target !== window) {
    target.postMessage({ divergences: VERSION, ...message }, origin);
  }
}

/** A message that can't be followed: `code` for programs, a sentence for people. */
export class MessageError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
