// The reader's preference about colours.

/** A server that renders pages has no media queries. */
const ask = (query) => globalThis.matchMedia?.(query);

export const prefersDark = ask("(prefers-color-scheme: dark)");
/** Whether the reader prefers more contrast. Forced colours count, because a drawing keeps its own. */
export const prefersContrast = ask("(prefers-contrast: more), (forced-colors: active)");

/** The variant of `theme` ("light" or "dark") with the contrast that the reader prefers. */
export function asContrasting(theme) {
  return `${prefersContrast.matches ? "contrast-" : ""}${theme}`;
}

/** The theme that the reader prefers. */
export function preferredTheme() {
  return asContrasting(prefersDark.matches ? "dark" : "light");
}
