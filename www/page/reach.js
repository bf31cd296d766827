// A formula that is wider than its line is moved in it: by touch, and by keyboard once Tab leads there, which not every
// engine sees to. One that fits is no stop.

const watch = globalThis.ResizeObserver && new ResizeObserver((entries) => entries.forEach(({ target }) => reach(target)));

function reach(line) {
  if (line.scrollWidth > line.clientWidth && getComputedStyle(line).overflowX === "auto") {
    line.tabIndex = 0;
  } else {
    line.removeAttribute("tabindex");
  }
}

/** Sees to it that Tab leads to each line of `page` that has to be moved. */
export function reachFormulas(page) {
  page.querySelectorAll("p:has(> math), .held").forEach((line) => watch?.observe(line));
}
