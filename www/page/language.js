// Changes the language of the single file, which contains the page in every language, without loading it again. Figures,
// exercises and the scroll position are kept.
import { addressParameters, flush, replaceAddress } from "../element/address.js";
import { pageLanguage, languages } from "../shared/engine.js";
import { make } from "../shared/make.js";
import { shownPage } from "./book.js";
import { reachFormulas } from "./reach.js";

/** The elements that exist in every language. */
const PARTS = "body > header, body > main";

/** The page in the language `tag`, which is not shown now. */
const pageIn = (tag) => document.querySelector(`template[data-language="${CSS.escape(tag)}"]`);

/**
 * Shows the page in the language that the address asks for, or else in the first of the reader's languages that it has. Links
 * to other languages change it from now on.
 */
export function startLanguages() {
  const others = () => [...document.querySelectorAll("template[data-language]")];
  if (others().length) {
    const known = languages();
    const readers = navigator.languages.map((tag) => tag.split("-")[0]);
    change([addressParameters().get("lang"), ...readers].find((tag) => known.includes(tag)) ?? pageLanguage());
    others().forEach(({ content }) => reachFormulas(content));
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[data-language]");
      if (link) {
        event.preventDefault();
        switchTo(link.dataset.language);
      }
    });
  }
}

/** Changes the language to `tag`, also in the address. */
function switchTo(tag) {
  // The link that was used now leads to another language, so that the focus goes to the one at its place.
  const part = document.activeElement?.closest(PARTS);
  change(tag);
  part?.querySelector("a[data-language]")?.focus({ preventScroll: true });
  flush();
  replaceAddress([...[...addressParameters()].filter(([key]) => key !== "lang"), ["lang", tag]]);
}

function change(tag) {
  const page = pageIn(tag);
  if (!page) {
    return;
  }
  const place = readersPlace();
  const playing = [...document.querySelectorAll("divergence-figure")].filter((figure) => figure.playing);
  const opened = [...document.querySelectorAll("[data-exercises][open]")].map((box) => box.dataset.exercises);
  const root = document.documentElement;
  const before = make("template", { lang: root.lang });
  before.dataset.language = pageLanguage();
  before.dataset.description = description().content;
  // The elements themselves stay, because styles refer to them by the fragment. Their content is exchanged.
  for (const [index, part] of [...page.content.children].filter(({ localName }) => ["header", "main"].includes(localName)).entries()) {
    const shown = document.querySelectorAll(PARTS)[index];
    const kept = shown.cloneNode();
    kept.append(...shown.childNodes);
    before.content.append(kept);
    exchangeFigures(kept, part);
    kept.querySelectorAll("[data-exercises]").forEach(empty);
    kept.dataset.title = shown.dataset.title ?? "";
    shown.dataset.title = part.dataset.title ?? "";
    shown.append(...part.childNodes);
  }
  page.replaceWith(before);
  for (const style of document.querySelectorAll("style[data-language]")) {
    style.media = style.dataset.language === tag ? "" : "not all";
  }
  document.title = shownPage().dataset.title;
  description().content = page.dataset.description;
  opened.forEach((name) => (document.querySelector(`[data-exercises="${name}"]`).open = true));
  // Figures follow this attribute.
  root.lang = page.lang;
  playing.forEach((figure) => figure.play());
  place();
}

function description() {
  return document.querySelector("meta[name=description]");
}

/** Moves the figures in `old` to their placeholders in `made`, and leaves placeholders behind. */
function exchangeFigures(old, made) {
  for (const place of made.querySelectorAll("[data-place]")) {
    // A figure may be on another page of the file.
    const figure = old.querySelector(`#${CSS.escape(place.dataset.place)}`);
    if (figure) {
      figure.replaceWith(place.cloneNode());
      place.replaceWith(figure);
    }
  }
}

/** Replaces `box` by a closed and empty one. Its exercises continue in another language. */
function empty(box) {
  const closed = box.cloneNode();
  closed.open = false;
  closed.append(box.querySelector("summary"));
  box.replaceWith(closed);
}

/** Remembers the element at the top of the window. Returns a function that scrolls its counterpart to the same position. */
function readersPlace() {
  const all = () => [...document.querySelectorAll("main section > *")];
  const index = all().findIndex((part) => part.getBoundingClientRect().bottom > 0);
  const top = all()[index]?.getBoundingClientRect().top;
  return () => scrollY && scrollBy({ top: all()[index].getBoundingClientRect().top - top, behavior: "instant" });
}
