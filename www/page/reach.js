// Formulas wider than their line scroll. Touch can scroll them in every browser, but not every browser lets Tab reach them. A
// formula that fits is not a tab stop.

const watch = globalThis.ResizeObserver && new ResizeObserver((entries) => entries.forEach(({ target }) => reach(target)));

function reach(line) {
  if (line.scrollWidth > line.clientWidth && getComputedStyle(line).overflowX === "auto") {
    line.tabIndex = 0;
  } else {
    line.removeAttribute("tabindex");
  }
}

/** Makes each line of `page` that needs scrolling a tab stop. */
export function reachFormulas(page) {
  page.querySelectorAll("p:has(> math), .held").forEach((line) => watch?.observe(line));
}
