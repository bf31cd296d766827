// Puts in order what comes first; the build puts it into the head of a page, and the names of files in the place of FILES.
{
  const page = document.documentElement;
  const [visit] = performance.getEntriesByType("navigation");
  // What is below the first figure is laid out a frame after it; but not for who comes back, whom the browser takes to where
  // they were, nor for who is led to a place, nor in WebKit, where who has scrolled by then would be elsewhere.
  page.classList.toggle("first", CSS.supports("overflow-anchor:auto") && visit?.type === "navigate" && !location.hash);
  addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(() => page.classList.remove("first"))));
  // The files are on their way before the page's own script asks for them, but not before the words are on the screen: on a
  // slow network they would come later, and these files are most of what is loaded.
  new PerformanceObserver((_, painted) => {
    painted.disconnect();
    if (!customElements.get("divergence-figure")) {
      for (const href of FILES) {
        document.head.append(Object.assign(document.createElement("link"), { rel: "preload", as: "fetch", crossOrigin: "", href }));
      }
    }
  }).observe({ type: "paint", buffered: true });
}
