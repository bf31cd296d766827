// The single file holds the page in every language, and changes over without being loaded again: figures and exercises stay
// as they are, and the reader where they are.
import { asked, flush, replaceAddress } from "../element/address.js";
import { pageLanguage, languages } from "../shared/engine.js";
import { make } from "../shared/make.js";
import { shownPage } from "./book.js";

/** Where what can be shown in another language stands. */
const PARTS = "body > header, body > main";

/** The page in the language `tag`, which is not shown now. */
const pageIn = (tag) => document.querySelector(`template[data-language="${CSS.escape(tag)}"]`);

/** The page, and what it holds of it in other languages. */
export function pages() {
  return [document, ...[...document.querySelectorAll("template[data-language]")].map(({ content }) => content)];
}

/** Whether the page holds other languages than the one that it shows. */
export function holdsLanguages() {
  return document.querySelector("template[data-language]") !== null;
}

/** Shows the page as its address asks, or else in the first of the reader's languages in which it is. */
export function speakAsAsked() {
  if (holdsLanguages()) {
    const known = languages();
    const readers = navigator.languages.map((tag) => tag.split("-")[0]);
    change([asked().get("lang"), ...readers].find((tag) => known.includes(tag)) ?? pageLanguage());
  }
}

/** Changes the page over to the language `tag`, from now on and for those who get its address. */
export function switchTo(tag) {
  // The link that was followed is one to the way back by now.
  const part = document.activeElement?.closest(PARTS);
  change(tag);
  part?.querySelector("a[data-language]").focus({ preventScroll: true });
  flush();
  replaceAddress([...[...asked()].filter(([key]) => key !== "lang"), ["lang", tag]]);
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
  // What is hidden and shown by fragment stays; what is in it goes.
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
  // Figures follow it.
  root.lang = page.lang;
  playing.forEach((figure) => figure.play());
  place();
}

function description() {
  return document.querySelector("meta[name=description]");
}

/** Puts the figures that stand in `old` into their places in `made`, and leaves places behind. */
function exchangeFigures(old, made) {
  for (const place of made.querySelectorAll("[data-place]")) {
    // The place may be empty: the figure is on another page.
    const figure = old.querySelector(`#${CSS.escape(place.dataset.place)}`);
    if (figure) {
      figure.replaceWith(place.cloneNode());
      place.replaceWith(figure);
    }
  }
}

/** Puts a closed box in place of `box`, whose exercises go on in another language. */
function empty(box) {
  const closed = box.cloneNode();
  closed.open = false;
  closed.append(box.querySelector("summary"));
  box.replaceWith(closed);
}

/** Remembers what is at the top of the window; the function that it returns brings the like of that there. */
function readersPlace() {
  const all = () => [...document.querySelectorAll("main section > *")];
  const index = all().findIndex((part) => part.getBoundingClientRect().bottom > 0);
  const top = all()[index]?.getBoundingClientRect().top;
  return () => scrollY && scrollBy({ top: all()[index].getBoundingClientRect().top - top, behavior: "instant" });
}
