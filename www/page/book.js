// Navigation in the book. An address leads to a chapter, to a heading, or to a figure in a state (`#kl-fit?rate=0.1`). On the
// web each chapter is a page, and an address for something on another page redirects there. The single file has all pages,
// and this script shows one at a time.
import { addressParameters, replaceAddress } from "../element/address.js";
import { chapterOf } from "../shared/engine.js";

/** All pages in this file. The guide is not one of them, because styles alone show and hide it. */
const bookPages = () => [...document.querySelectorAll("main[data-page]")];

/** The page that is shown. */
export function shownPage() {
  return bookPages().find((page) => !page.classList.contains("away"));
}

/** Whether this file has several pages. */
const holdsPages = () => bookPages().length > 1;

/** The parts of a fragment: the id of an element, and the state of a figure. */
function target(hash = location.hash) {
  const [name, state] = decoded(hash.slice(1)).split("?");
  return { name, state };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The figure for an address without a fragment: that of the lecture, or the first one whose state the address has. */
function figureAsked() {
  const [key] = [...addressParameters().keys()].filter((one) => chapterOf(one.split(".")[0]));
  return addressParameters().get("figure") ?? key?.split(".")[0] ?? "";
}

/** Goes to where the address leads. Returns whether that is another page, which is then being loaded. */
export function followInitialAddress() {
  const { name, state } = target();
  const figure = chapterOf(name) ? name : name ? "" : figureAsked();
  const slug = chapterOf(figure);
  const place = state === undefined ? (addressParameters().has("view") ? "" : `#${figure}`) : location.hash;
  if (redirect(slug, figure, location.search + place)) {
    return true;
  }
  turnTo(name || (slug && (addressParameters().has("view") || location.search.includes(`${figure}.`)) ? slug : ""));
  if (state !== undefined && slug) {
    const others = [...addressParameters()].filter(([key]) => !key.startsWith(`${figure}.`));
    const own = [...new URLSearchParams(state)].map(([key, value]) => [`${figure}.${key}`, value]);
    replaceAddress([...others, ...own], `#${figure}`);
    document.getElementById(figure).scrollIntoView({ behavior: "instant" });
  } else if (!name && slug && figure !== BOOK[slug][0] && isNew()) {
    document.getElementById(figure)?.scrollIntoView({ behavior: "instant" });
  }
  return false;
}

/**
 * Goes to the page of the chapter `slug` if `figure` is there and not here. `rest` is appended to its address. Returns
 * whether it does.
 */
function redirect(slug, figure, rest) {
  const elsewhere = slug && !holdsPages() && !document.querySelector(`divergence-figure[name="${figure}"]`);
  if (elsewhere) {
    location.replace(`${slug}.html${rest}`);
  }
  return elsewhere;
}

/** Whether the page was opened by its address, and not by going back or reloading. */
function isNew() {
  return performance.getEntriesByType("navigation")[0]?.type === "navigate";
}

/** The scroll position at each address that the reader has left. */
const left = new Map();
let shown = location.hash;

/** Follows changes of the address. `set` puts a figure into a state. */
export function followAddress(set) {
  // A link leads to the top of its target. Going back returns to the earlier scroll position.
  let asking = false;
  document.addEventListener("click", ({ target: clicked }) => (asking = clicked.closest?.("a") != null), { capture: true });
  document.addEventListener("scroll", () => left.set(shown, scrollY), { passive: true });
  addEventListener("hashchange", () => {
    const { name, state } = target();
    if (location.hash.startsWith("#lecture=")) {
      return;
    }
    if (redirect(chapterOf(name), name, location.hash)) {
      return;
    }
    const before = shownPage();
    const place = left.get(location.hash);
    shown = location.hash;
    turnTo(name);
    const figure = state !== undefined && document.querySelector(`divergence-figure[name="${CSS.escape(name)}"]`);
    if (figure) {
      replaceAddress([...addressParameters()], `#${name}`);
      set(figure, new URLSearchParams(state));
      figure.scrollIntoView({ behavior: "instant" });
    } else if (before !== shownPage()) {
      if (!asking && place !== undefined) {
        scrollTo({ top: place, behavior: "instant" });
      } else if (!name || document.getElementById(name)?.localName === "main") {
        scrollTo({ top: 0, behavior: "instant" });
      } else {
        document.getElementById(name)?.scrollIntoView({ behavior: "instant" });
      }
    }
    asking = false;
  });
}

/** Shows the page that contains `name`, or the front page if there is none, with its figures. */
export function turnTo(name) {
  if (!holdsPages()) {
    return;
  }
  const all = bookPages();
  const slug = chapterOf(name);
  const found = slug ? document.getElementById(slug) : name && document.getElementById(name)?.closest("main");
  const page = found || all[0];
  // Styles show the guide by its fragment.
  if (all.includes(page)) {
    document.documentElement.dataset.turned = "";
    all.forEach((one) => one.classList.toggle("away", one !== page));
    fetchFigures(page);
    document.title = page.dataset.title;
  }
}

/** Moves figures from other pages to their placeholders in `page`. */
function fetchFigures(page) {
  for (const place of page.querySelectorAll("[data-place]")) {
    const figure = document.getElementById(place.dataset.place);
    if (figure) {
      const hole = place.cloneNode();
      figure.replaceWith(hole);
      place.replaceWith(figure);
    }
  }
}
