// Texts that come from outside.

/** How much of such a text is repeated in a sentence about it, in characters. */
const REPEATED = 200;

/** The beginning of `value` as text, which is all of it but for accidents and attacks. */
export function beginning(value) {
  const text = String(value);
  return text.length > REPEATED ? `${text.slice(0, REPEATED)}…` : text;
}

/** Whether `value` is an object of names and values, and no list, map or anything else that has a kind of its own. */
export function isRecord(value) {
  return Object.prototype.toString.call(value) === "[object Object]";
}
