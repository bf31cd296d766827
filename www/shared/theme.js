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

/**
 * The theme of the notes around `element`, if they set one: by an attribute `data-theme`, or by the one scheme in their
 * `color-scheme`. Notes have switches of their own, which may differ from what the reader prefers elsewhere.
 */
export function themeOfNotes(element) {
  const told = element.closest("[data-theme]")?.dataset.theme;
  const scheme = getComputedStyle(element).colorScheme;
  const theme = [told, scheme?.replace("only", "").trim()].find((one) => /^(contrast-)?(light|dark)$/.test(one));
  return theme?.startsWith("contrast") ? theme : theme && asContrasting(theme);
}
