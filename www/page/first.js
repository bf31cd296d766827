// Decides what loads and is laid out first. The build inlines this script into the head of a page and replaces FILES by the
// names of files.
{
  const page = document.documentElement;
  const [visit] = performance.getEntriesByType("navigation");
  // What is below the first figure is laid out one frame later. There are three exceptions. A reader who returns, or whose
  // address has a fragment, is scrolled to a place further down. In WebKit, which has no scroll anchoring, a reader who has
  // scrolled meanwhile would be moved.
  page.classList.toggle("first", CSS.supports("overflow-anchor:auto") && visit?.type === "navigate" && !location.hash);
  addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(() => page.classList.remove("first"))));
  // These files are most of what is loaded. They are requested before the page's own script asks for them, but only after
  // the text is painted, because on a slow network they would delay it.
  new PerformanceObserver((_, painted) => {
    painted.disconnect();
    if (!customElements.get("divergence-figure")) {
      for (const href of FILES) {
        document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href }));
      }
    }
  }).observe({ type: "paint", buffered: true });
}
