// The explainer's own page: numbers in the prose follow the figures, links in the prose set them, and buttons change theme
// and language.
import { flush } from "../element/address.js";
import { prepareTeaching } from "../lecture/teaching.js";
import { asContrasting, prefersDark } from "../shared/theme.js";
import { followAddress, followInitialAddress } from "./book.js";
import { reachFormulas } from "./reach.js";

/** Connects the parts of the page. */
export function startPage() {
  if (followInitialAddress()) {
    return;
  }
  followAddress(setFigure);
  reachFormulas(document);
  prepareTeaching();
  document.addEventListener("change", (event) => {
    if (event.target.localName === "divergence-figure" && event.detail) {
      showNumbers(event.target.name, event.detail.readouts);
    }
  });
  document.addEventListener("click", (event) => {
    const language = event.target.closest?.("a[data-language]");
    // The single file has changed its language already.
    if (language && !event.defaultPrevented) {
      // The link to the other language takes along the figures' states and the reader's place.
      flush();
      Object.assign(language, { search: location.search, hash: location.hash });
    }
    if (event.target.closest?.("[data-theme-toggle]")) {
      toggleTheme();
    }
    const link = event.target.closest?.('a[href^="#"]');
    // On a narrow page the open contents would cover what was chosen.
    link?.closest(".contents:popover-open")?.hidePopover();
    const hash = link?.getAttribute("href");
    const [name, query] = hash?.slice(1).split("?") ?? [];
    const figure = query && document.querySelector(`divergence-figure[name="${CSS.escape(name)}"]`);
    if (figure) {
      event.preventDefault();
      if (figure.checkVisibility()) {
        setFigure(figure, new URLSearchParams(query));
      } else {
        // The figure is on another page of the single file.
        location.hash = hash;
      }
    }
  });
  const once = (kind) => new Promise((done) => addEventListener(kind, done, { once: true, passive: true }));
  const turned = Promise.race(["scroll", "wheel", "pointermove", "pointerdown", "touchstart", "keydown"].map(once));
  const long = new Promise((done) => setTimeout(done, LONG));
  Promise.race([Promise.all([once("change"), turned]), long]).then(layOutTheRest);
}

/** The time after which the rest of the page is laid out even without input or a first figure, in milliseconds. */
const LONG = 8000;

/**
 * Unpacks the figures further down, one whenever the browser is idle. Printing, searching and screenshots then find the
 * whole page.
 */
function layOutTheRest() {
  const soon = window.requestIdleCallback ?? ((next) => setTimeout(next, 200));
  const figures = [...document.querySelectorAll("divergence-figure")];
  const next = () => {
    const figure = figures.shift();
    if (figure) {
      keepPlace(() => figure.unpack());
      soon(next);
    }
  };
  soon(next);
}

/** Calls `change`, which changes the layout, and keeps what the reader looks at in place. WebKit has no scroll anchoring. */
function keepPlace(change) {
  const seen = document.elementFromPoint(innerWidth / 2, innerHeight / 3);
  const top = () => seen?.getBoundingClientRect().top;
  const before = top();
  const { style } = document.documentElement;
  style.overflowAnchor = "none";
  change();
  const moved = top() - before;
  if (moved) {
    scrollBy({ top: moved, behavior: "instant" });
  }
  style.overflowAnchor = "";
}

function showNumbers(name, readouts) {
  for (const { key, value, text } of readouts) {
    for (const place of document.querySelectorAll(`data[data-figure="${name}"][data-readout="${key}"]`)) {
      place.value = value;
      place.textContent = text;
    }
  }
}

async function setFigure(element, values) {
  element.scrollIntoView({ block: "nearest" });
  await element.ready();
  element.figure.reset();
  for (const [key, value] of values) {
    element.figure.set(key, value);
  }
  element.complain([]);
  element.invalidate();
}

/** Changes from light to dark or back. High contrast is kept. */
function toggleTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme?.endsWith("dark") ?? prefersDark.matches;
  // Figures follow this attribute.
  root.dataset.theme = asContrasting(dark ? "light" : "dark");
}
