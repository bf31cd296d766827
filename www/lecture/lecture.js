// The lecture view: one figure a screen, large enough for the last row, with the keys of any presenter's remote control.
//
// It is a script of its own, which is loaded on demand. It gets what it needs of the page's script as `kit`, so that no
// module is loaded twice.
import { filledText, say } from "./captions.js";
import { Editor } from "./editor.js";
import { fitToWall } from "./fit.js";
import { Glide } from "./glide.js";
import { ACTIONS, actionOf, openLectureKeys } from "./lecture-keys.js";
import { Speaker } from "./speaker.js";

/** The distance that a finger must move sideways to turn the screen, in CSS pixels. */
const SWIPE = 60;
/** The time after which a resting pointer is hidden, in milliseconds. */
const IDLE = 3000;

const THEMES_IN_TURN = ["light", "dark", "contrast-light", "contrast-dark"];

/** The buttons of the bar. */
const BAR = ["back", "next", "play", "restore", "controls", "highlight", "blank", "theme", "full", "speaker", "edit", "help", "leave"];

/** The signs on buttons that show one in place of their name. */
const SIGNS = { back: "‹", next: "›", help: "?", leave: "×" };

/** Opens the lecture view on `text` at the screen `at`, counted from 0. Calls `closed` when it is left. */
export function startLecture(kit, options) {
  return new Lecture(kit, options);
}

class Lecture {
  #kit;
  #root = document.createElement("div");
  #lesson;
  #text;
  #at = 0;
  #figures = new Map();
  #glide;
  #speaker;
  #controls = false;
  #idle = 0;
  #touch;
  #closed;
  #told;
  #title = document.title;
  #listening = new AbortController();

  constructor(kit, { text, at, theme, problem, closed }) {
    this.#kit = kit;
    this.#closed = closed;
    this.#glide = new Glide(kit);
    this.#speaker = new Speaker(kit, this);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(LECTURE_STYLES);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    this.#listening.signal.addEventListener("abort", () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    });
    this.#build();
    this.#listen();
    this.#told = document.documentElement.dataset.theme;
    this.theme = THEMES_IN_TURN.includes(theme) ? theme : this.#told ?? kit.preferredTheme();
    this.use(text, at);
    if (problem) {
      this.#complain([problem]);
    }
  }

  /** The text of the lesson. */
  get text() {
    return this.#text;
  }

  /** The screens of the lesson. */
  get screens() {
    return this.#lesson.screens;
  }

  get at() {
    return this.#at;
  }

  get screen() {
    return this.screens[this.#at];
  }

  /** The element with the present figure. */
  get figure() {
    return this.#figures.get(this.screen?.figure);
  }

  get theme() {
    return document.documentElement.dataset.theme;
  }

  set theme(theme) {
    document.documentElement.dataset.theme = theme;
    this.#figures.forEach((figure) => figure.setAttribute("theme", theme));
  }

  get #wall() {
    return this.#root.querySelector(".wall");
  }

  #build() {
    const { html, make, words } = this.#kit;
    const root = this.#root;
    root.className = "lecture";
    root.tabIndex = -1;
    root.setAttribute("role", "region");
    root.setAttribute("aria-label", words("lecture"));
    const button = (what) => {
      const key = Object.keys(ACTIONS).find((name) => ACTIONS[name] === what && /^[a-z?]$/.test(name));
      const name = words(`lecture.${what}`);
      const title = key ? `${name} (${key.toUpperCase()})` : name;
      const made = make("button", { type: "button", textContent: SIGNS[what] ?? name, title, ariaLabel: name });
      made.dataset.do = what;
      return made;
    };
    root.innerHTML = html(`<div class="wall"></div><div class="said"></div><p class="told" role="status"></p><div role="alert"><ul class="problems"></ul></div>
      <div class="bar"><span class="where"></span></div><div class="spot" hidden></div><div class="blank" hidden></div>`);
    const [back, next, ...others] = BAR.map(button);
    const bar = root.querySelector(".bar");
    bar.prepend(back);
    bar.append(next, ...others);
    document.body.append(root);
    document.documentElement.dataset.view = "lecture";
    root.focus();
    this.#showPointer();
  }

  #listen() {
    const { signal } = this.#listening;
    const root = this.#root;
    addEventListener("keydown", (event) => this.key(event), { signal });
    addEventListener("resize", () => this.#fit(), { signal });
    document.addEventListener("visibilitychange", () => this.#stayAwake(), { signal });
    this.#stayAwake();
    addEventListener("pagehide", () => this.#speaker.close(), { signal });
    root.addEventListener("click", (event) => {
      const what = event.target.closest("[data-do]")?.dataset.do;
      if (what) {
        this.act(what);
      }
    });
    root.querySelector(".blank").addEventListener("click", () => this.act("blank"));
    root.addEventListener("change", (event) => {
      if (event.target === this.figure && event.detail) {
        this.#showNumbers(event.detail.readouts);
      }
    });
    root.addEventListener("pointermove", (event) => {
      const spot = root.querySelector(".spot");
      spot.style.transform = `translate(${event.clientX}px, ${event.clientY}px)`;
      this.#showPointer();
    });
    root.addEventListener("pointerdown", (event) => {
      const taken = event.composedPath().some((part) => part.matches?.(".handle, button, input, select, summary, textarea, dialog"));
      this.#touch = event.pointerType === "touch" && !taken ? event : undefined;
      this.#showPointer();
    });
    root.addEventListener("pointerup", (event) => this.#swipe(event));
  }

  /** Turns the screen if the finger has moved sideways. */
  #swipe(event) {
    const start = this.#touch;
    this.#touch = undefined;
    if (start?.pointerId === event.pointerId) {
      const [across, down] = [event.clientX - start.clientX, event.clientY - start.clientY];
      if (Math.abs(across) > SWIPE && Math.abs(across) > 2 * Math.abs(down)) {
        this.act(across < 0 ? "next" : "back");
      }
    }
  }

  /** Keeps the display from going dark during a talk. */
  async #stayAwake() {
    try {
      const lock = await navigator.wakeLock.request("screen");
      this.#listening.signal.addEventListener("abort", () => lock.release());
    } catch {
      // Some browsers do not support this, and none allows it while the page is hidden.
    }
  }

  /** Shows the pointer and the bar while somebody uses them. */
  #showPointer() {
    clearTimeout(this.#idle);
    this.#root.classList.remove("idle");
    this.#idle = setTimeout(() => this.#root.classList.add("idle"), IDLE);
  }

  /** Does what a key asks for, in this window or in the speaker's. */
  key(event) {
    const what = actionOf(event.key);
    const focused = event.composedPath()[0];
    const elsewhere = this.#root.querySelector("dialog[open]") || focused.matches?.("input, select, textarea, dialog *");
    // A focused button uses the space bar itself, and the speaker's notes use the arrow keys to scroll.
    const scrolls = ["ArrowUp", "ArrowDown"].includes(event.key) && focused.matches?.("main");
    const taken = scrolls || event.key === " " && focused.matches?.("button, summary, a");
    const off = /^[a-z.?]$/i.test(event.key) && !this.#kit.letters();
    if (!what || off || elsewhere || taken || this.#kit.isShortcut(event)) {
      return;
    }
    event.preventDefault();
    if (event.key === "Escape" && focused.matches?.(".handle")) {
      focused.blur();
      this.#root.focus();
      return;
    }
    this.act(what);
  }

  /** Does the action `what` of a key or button. */
  act(what) {
    const blank = this.#root.querySelector(".blank");
    if (!blank.hidden && what !== "leave") {
      blank.hidden = true;
      return;
    }
    const does = {
      next: () => this.#next(),
      back: () => this.#go(this.#at - 1),
      first: () => this.#go(0),
      last: () => this.#go(this.screens.length - 1),
      play: () => this.#play(),
      blank: () => (blank.hidden = false),
      restore: () => this.#go(this.#at),
      theme: () => (this.theme = THEMES_IN_TURN[(THEMES_IN_TURN.indexOf(this.theme) + 1) % THEMES_IN_TURN.length]),
      controls: () => {
        this.#controls = !this.#controls;
        this.#dress();
      },
      highlight: () => {
        const spot = this.#root.querySelector(".spot");
        spot.hidden = !spot.hidden;
      },
      full: () => this.#full(),
      speaker: () => this.#speaker.open() || this.#complain([this.#kit.words("lecture.problem.window")]),
      edit: () => new Editor(this.#kit, this, this.#root),
      help: () => openLectureKeys(this.#kit, this.#root),
      leave: () => this.leave(),
    };
    does[what]();
    this.#writeAddress();
    this.#speaker.show();
  }

  /** Shows the lesson in `text`, from its screen `at` on. */
  use(text, at = 0) {
    this.#text = text;
    this.#lesson = this.#kit.readLesson(text);
    this.#complain(this.#lesson.problems.map(([, problem]) => problem));
    this.#go(at);
  }

  /** The faults in `text`: pairs of a line and a sentence. */
  problemsOf(text) {
    return this.#kit.readLesson(text).problems;
  }

  async #next() {
    if (this.#glide.finish()) {
      return;
    }
    if (!(await this.figure?.reveal?.())) {
      this.#go(this.#at + 1);
      this.#writeAddress();
      this.#speaker.show();
    }
  }

  async #play() {
    this.#glide.finish();
    const { figure } = this;
    await (figure?.playing ? figure.pause() : figure?.play());
  }

  /** Goes to the screen `index`, or to the nearest one that exists. */
  async #go(index) {
    this.#glide.finish();
    const { screens } = this;
    if (!screens.length) {
      this.#figures.forEach((figure) => (figure.hidden = true));
      this.#root.querySelector(".said").replaceChildren();
      return;
    }
    const before = this.screen;
    const forward = index === this.#at + 1;
    this.#at = Math.max(0, Math.min(index, screens.length - 1));
    const { screen } = this;
    const figure = this.#figures.get(screen.figure) ?? this.#make(screen);
    this.#figures.forEach((other) => (other.hidden = other !== figure));
    this.#say();
    this.#kit.setTask(figure, screen);
    await figure.ready();
    if (screen !== this.screen) {
      return;
    }
    this.#dress();
    await figure.pause();
    const from = forward && before?.figure === screen.figure ? figure.values : undefined;
    this.#glide.start(figure, from, screen.values);
    this.#showNumbers(figure.readouts);
    this.#prepare();
  }

  #make({ figure: name, values }) {
    const figure = this.#kit.make("divergence-figure", { name });
    figure.setAttribute("wall", "");
    figure.setAttribute("theme", this.theme);
    values.forEach(([key, value]) => figure.setAttribute(key, value));
    this.#figures.set(name, figure);
    this.#wall.append(figure);
    // Fitting waits for the next frame, because it changes the size and must not call the observer again in this one.
    new ResizeObserver(() => requestAnimationFrame(() => this.#fit())).observe(figure);
    return figure;
  }

  /** Starts the figure of the next screen in advance. */
  #prepare() {
    const next = this.screens[this.#at + 1];
    if (next && !this.#figures.has(next.figure)) {
      this.#make(next).hidden = true;
    }
  }

  /** Shows the controls that the screen names, or all of them while the speaker wants it. */
  #dress() {
    const { figure, screen } = this;
    if (!figure?.figure) {
      return;
    }
    const parts = [...figure.parameters.map(({ key }) => key), ...figure.figure.parts()];
    const shown = this.#controls ? parts.filter((part) => !["sound", "save", "embed", "numbers", "caption", "table"].includes(part)) : this.#kit.names(screen.show);
    const hidden = parts.filter((part) => part !== "handles" && !shown.includes(part));
    const unknown = shown.filter((part) => !parts.includes(part));
    const controls = shown.some((part) => part !== "table") ? [] : ["controls"];
    figure.setAttribute("hide", [...hidden, ...controls].join(","));
    figure.setAttribute("wall", shown.includes("table") ? "table" : "");
    if (unknown.length) {
      const { words } = this.#kit;
      this.#complain(unknown.map((name) => words("lecture.problem.show", { line: screen.line, name, names: parts.join(", ") })));
    }
    this.#fit();
  }

  #fit() {
    if (this.figure) {
      fitToWall(this.figure, this.#wall);
    }
  }

  #say() {
    const { make, words } = this.#kit;
    const said = this.#root.querySelector(".said");
    const title = make("h2", { textContent: this.screen.title });
    said.replaceChildren(...(this.screen.title ? [title] : []), ...this.screen.caption.map(say));
    this.#root.querySelector(".where").textContent = words("lecture.where", { at: this.#at + 1, of: this.screens.length });
    // The numbers are those of the screen's own state. Live numbers would be read aloud at every drag.
    const readouts = this.#kit.readoutsOf(this.screen);
    this.#root.querySelector(".told").textContent = this.screen.caption.map((text) => filledText(text, readouts)).join(" ");
    document.title = filledText(this.screen.caption[0] ?? "", []) || words("lecture");
  }

  #showNumbers(readouts) {
    for (const place of this.#root.querySelectorAll(".said data")) {
      place.textContent = readouts.find(({ key }) => key === place.dataset.readout)?.text ?? "";
    }
    this.#speaker.show();
  }

  #complain(problems) {
    const list = this.#root.querySelector(".problems");
    list.replaceChildren(...problems.map((problem) => this.#kit.make("li", { textContent: problem })));
  }

  async #full() {
    try {
      await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    } catch {
      this.#complain([this.#kit.words("lecture.problem.full")]);
    }
  }

  /** Writes the position into the address, so that a reload returns to it. */
  #writeAddress() {
    if (this.#listening.signal.aborted) {
      return;
    }
    this.#kit.writeLecture({ at: this.#at + 1, theme: this.theme });
  }

  /** Returns to the page. */
  leave() {
    this.#glide.finish();
    this.#speaker.close();
    this.#listening.abort();
    clearTimeout(this.#idle);
    this.#root.remove();
    delete document.documentElement.dataset.view;
    document.title = this.#title;
    if (this.#told) {
      document.documentElement.dataset.theme = this.#told;
    } else {
      delete document.documentElement.dataset.theme;
    }
    if (document.fullscreenElement) {
      document.exitFullscreen();
    }
    this.#closed(this.screen?.figure);
  }
}
