// The messages between a figure in a frame and the page around it, version 1; see docs/messages.md.

/** The version of the protocol. */
export const VERSION = 1;

/** Sends `message` to the window around this one, if there is one. */
export function post(message, target = parent, origin = "*") {
  if (target !== window) {
    target.postMessage({ divergences: VERSION, ...message }, origin);
  }
}

/** A message that cannot be followed. `code` is for programs, the message for people. */
export class MessageError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}
