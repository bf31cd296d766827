// What moves, as the reader wants it.

/** Whether the reader asked for as little motion as possible. */
export function reducedMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
