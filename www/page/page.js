// The explainer's own page: numbers in the prose follow the figures, links in the prose set them, the theme, the language,
// the lecture.
import { flush } from "../element/address.js";
import { prepareTeaching } from "../lecture/teaching.js";
import { asContrasting, prefersDark } from "../shared/theme.js";
import { arrive, followAddress } from "./book.js";
import { holdsLanguages, pages, speakAsAsked, switchTo } from "./language.js";
import { reachFormulas } from "./reach.js";

/** Ties the page together; on a page without live numbers or links there is nothing to do. */
export function startPage() {
  speakAsAsked();
  if (arrive()) {
    return;
  }
  followAddress(setFigure);
  pages().forEach(reachFormulas);
  prepareTeaching();
  document.addEventListener("change", (event) => {
    if (event.target.localName === "divergence-figure" && event.detail) {
      showNumbers(event.target.name, event.detail.readouts);
    }
  });
  document.addEventListener("click", (event) => {
    const language = event.target.closest?.("a[data-language]");
    if (language && holdsLanguages()) {
      event.preventDefault();
      switchTo(language.dataset.language);
    } else if (language) {
      // The figures stay as they are, and the reader where they are.
      flush();
      Object.assign(language, { search: location.search, hash: location.hash });
    }
    if (event.target.closest?.("[data-theme-toggle]")) {
      toggleTheme();
    }
    const link = event.target.closest?.('a[href^="#"]');
    // Where there is no room for the contents, they are in the way of what was chosen.
    link?.closest(".contents:popover-open")?.hidePopover();
    const hash = link?.getAttribute("href");
    const [name, query] = hash?.slice(1).split("?") ?? [];
    const figure = query && document.querySelector(`divergence-figure[name="${CSS.escape(name)}"]`);
    if (figure) {
      event.preventDefault();
      if (figure.checkVisibility()) {
        setFigure(figure, new URLSearchParams(query));
      } else {
        // It is on another page of the single file.
        location.hash = hash;
      }
    }
  });
  const once = (kind) => new Promise((done) => addEventListener(kind, done, { once: true, passive: true }));
  const turned = Promise.race(["scroll", "wheel", "pointermove", "pointerdown", "touchstart", "keydown"].map(once));
  const long = new Promise((done) => setTimeout(done, LONG));
  Promise.race([Promise.all([once("change"), turned]), long]).then(layOutTheRest);
}

/**
 * How long the reader may leave the page alone, or the first figure take, until the rest of it is laid out all the same, in
 * milliseconds.
 */
const LONG = 8000;

/**
 * Unpacks the figures further down, one whenever the browser has nothing else to do: what prints, searches or photographs the
 * page is to find all of it.
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

/** Changes the layout and leaves what the reader looks at where it is, which WebKit does not by itself. */
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

/** From light to dark or back; who wants contrast keeps it. */
function toggleTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme?.endsWith("dark") ?? prefersDark.matches;
  root.dataset.theme = asContrasting(dark ? "light" : "dark");
  for (const figure of document.querySelectorAll("divergence-figure")) {
    figure.setAttribute("theme", root.dataset.theme);
  }
}
