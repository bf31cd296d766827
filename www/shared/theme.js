// In which colours the reader wants pages, as far as nobody has said otherwise.

/** Where pages are rendered on a server nobody is asked. */
const ask = (query) => globalThis.matchMedia?.(query);

export const prefersDark = ask("(prefers-color-scheme: dark)");
/** Who forces colours of their own on pages wants contrast too, and no less where a drawing keeps its own. */
export const prefersContrast = ask("(prefers-contrast: more), (forced-colors: active)");

/** The theme of that name, "light" or "dark", with as much contrast as the reader wants. */
export function asContrasting(theme) {
  return `${prefersContrast.matches ? "contrast-" : ""}${theme}`;
}

/** The theme that the reader prefers. */
export function preferredTheme() {
  return asContrasting(prefersDark.matches ? "dark" : "light");
}
