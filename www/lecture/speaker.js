// The speaker's window: the notes, the next screen, and the time.
//
// It is an empty window that this script fills. This also works in a file on disk, where two windows cannot send each other
// messages.
import { filledText, say } from "./captions.js";

/** The width of the picture of the next screen, in CSS pixels. */
const PREVIEW = 760;

export class Speaker {
  #kit;
  #lecture;
  #window;
  #begin = Date.now();
  #clock = 0;
  #pictured;

  constructor(kit, lecture) {
    this.#kit = kit;
    this.#lecture = lecture;
  }

  /** Opens the window or brings it to the front. Returns whether the browser allows it. */
  open() {
    if (this.#window && !this.#window.closed) {
      this.#window.focus();
      return true;
    }
    try {
      this.#window = window.open("", "divergences-speaker", "popup,width=980,height=700");
    } catch {
      this.#window = null;
    }
    if (!this.#window) {
      return false;
    }
    this.#fill();
    this.show();
    return true;
  }

  close() {
    clearInterval(this.#clock);
    this.#window?.close();
    this.#window = undefined;
  }

  #fill() {
    const { html, words } = this.#kit;
    const { document: page } = this.#window;
    page.documentElement.lang = document.documentElement.lang;
    page.documentElement.dataset.view = "speaker";
    const styles = page.createElement("style");
    styles.textContent = LECTURE_STYLES;
    page.head.replaceChildren(styles);
    page.title = words("lecture.speaker");
    page.body.innerHTML = html(`<header><time class="passed"></time><button type="button" data-do="again"></button><span class="where"></span><time class="now"></time></header>
      <main tabindex="0"><section class="present"><h1></h1><div class="said"></div><h1></h1><div class="note"></div></section>
      <section class="coming"><h1></h1><div class="picture"></div><div class="said"></div></section></main>
      <footer><button type="button" data-do="back">‹</button><button type="button" data-do="next">›</button><button type="button" data-do="blank"></button></footer>`);
    page.querySelector("main").setAttribute("aria-label", words("lecture.speaker"));
    const [now, notes, coming] = page.querySelectorAll("h1");
    now.textContent = words("lecture.speaker.now");
    notes.textContent = words("lecture.speaker.notes");
    coming.textContent = words("lecture.speaker.next");
    page.querySelector("[data-do=again]").textContent = words("lecture.speaker.again");
    page.querySelector("[data-do=blank]").textContent = words("lecture.blank");
    page.querySelector("[data-do=back]").setAttribute("aria-label", words("lecture.back"));
    page.querySelector("[data-do=next]").setAttribute("aria-label", words("lecture.next"));
    page.addEventListener("keydown", (event) => this.#lecture.key(event));
    page.addEventListener("click", ({ target }) => {
      const what = target.closest("[data-do]")?.dataset.do;
      if (what === "again") {
        this.#begin = Date.now();
        this.#tick();
      } else if (what) {
        this.#lecture.act(what);
      }
    });
    clearInterval(this.#clock);
    this.#clock = setInterval(() => this.#tick(), 1000);
    this.#tick();
  }

  #tick() {
    if (!this.#window || this.#window.closed) {
      clearInterval(this.#clock);
      return;
    }
    const page = this.#window.document;
    const seconds = Math.floor((Date.now() - this.#begin) / 1000);
    const two = (number) => String(number).padStart(2, "0");
    page.querySelector(".passed").textContent = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
    const now = new Date();
    page.querySelector(".now").textContent = `${now.getHours()}:${two(now.getMinutes())}`;
  }

  /** Shows the present state of the lecture. */
  show() {
    const page = this.#window && !this.#window.closed && this.#window.document;
    const { screen, screens, at, figure, theme } = this.#lecture;
    if (!page || !screen) {
      return;
    }
    const { words } = this.#kit;
    page.documentElement.dataset.theme = theme;
    page.querySelector(".where").textContent = words("lecture.where", { at: at + 1, of: screens.length });
    const readouts = figure?.readouts ?? [];
    const paragraphs = (texts) => texts.map((text) => say(filledText(text, readouts)));
    page.querySelector(".present .said").replaceChildren(...paragraphs(screen.caption));
    page.querySelector(".note").replaceChildren(...paragraphs(screen.note));
    const next = screens[at + 1];
    const coming = page.querySelector(".coming");
    coming.hidden = !next;
    if (next && this.#pictured !== `${next.line} ${theme}`) {
      this.#pictured = `${next.line} ${theme}`;
      coming.querySelector(".picture").innerHTML = this.#kit.html(this.#kit.pictureOf(next, PREVIEW, theme));
      const soon = this.#kit.readoutsOf(next);
      coming.querySelector(".said").replaceChildren(...next.caption.map((text) => say(filledText(text, soon))));
    }
  }
}
