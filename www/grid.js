// The table under a figure's drawing: its rows and what it says about the picked one follow the figure's state.

/** Puts the parts of `grid` in place, each HTML under the name of its part; undefined where nothing has changed. */
export function showGrid(root, grid) {
  if (!grid) {
    return;
  }
  const focused = root.activeElement?.closest("[data-grid]") && root.activeElement;
  const top = focused?.getBoundingClientRect().top;
  for (const [part, html] of Object.entries(grid)) {
    root.querySelector(`[data-part="${part}"]`).innerHTML = html;
  }
  for (const link of root.querySelectorAll("[data-grid] a")) {
    link.hidden = !document.getElementById(link.hash.slice(1));
  }
  if (focused && !focused.isConnected) {
    // What had the focus was replaced by its like, which stays where it was under the pointer.
    const { value } = focused.dataset;
    const like = root.querySelector(value ? `[data-grid] [data-value="${value}"]` : "[data-grid] a");
    like?.focus({ preventScroll: true });
    scrollBy({ top: (like?.getBoundingClientRect().top ?? top) - top, behavior: "instant" });
  }
}
