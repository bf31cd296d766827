// The custom element: one figure, wherever it stands.
//
// The wasm holds the figure's state and mathematics; this element only carries events in and pixels and numbers out. It
// paints at most once a frame, and not at all while it is off screen. What authors may use of it is declared in
// divergence-figure.d.ts.
import { csv, png, svg } from "../embed/save.js";
import { engine, spoken } from "../shared/engine.js";
import { openFigureHelp } from "../shared/help.js";
import { isShortcut, isTyped, keepKey } from "../shared/keys.js";
import { make } from "../shared/make.js";
import { reducedMotion } from "../shared/motion.js";
import { preferredTheme, prefersContrast, prefersDark } from "../shared/theme.js";
import { nextTurn } from "../shared/turn.js";
import { readAddress, writeAddress } from "./address.js";
import { Attributes } from "./attributes.js";
import { Controls } from "./controls.js";
import { Grid } from "./grid.js";
import { Handles } from "./handles.js";
import { leaveMenu, shutMenus } from "./menus.js";
import { arrange, THEMES } from "./parts.js";
import { Player } from "./player.js";
import { Sound } from "./sound.js";
import { TASKS, Task } from "./task.js";

/** The size of a figure's words outside its drawing, in CSS pixels, where the reader wants them neither larger nor smaller. */
const USUAL_TEXT = 14;
/** The smallest words of a drawing are that large then, and no larger than that where the reader wants larger ones. */
const [SMALLEST, LARGEST] = [12, 18];
/** So many times as wide as its words are large a drawing is at least, for them to have room on a phone. */
const SPACIOUS = 20.5;

/** How long until it looks again whether what hides it is gone, in milliseconds: no event tells. */
const PEEK = 250;

/** How long after the last change the summary is spoken, in milliseconds: a drag should not flood a screen reader. */
const QUIET = 700;

let styles;

/** The figures on the page, which follow its language. */
const figures = new Set();
const follow = globalThis.MutationObserver && new MutationObserver(() => figures.forEach((figure) => figure.translate()));
follow?.observe(document.documentElement, { attributeFilter: ["lang"] });

// Where pages are rendered on a server there are no elements, but the module is loaded all the same.
export class DivergenceFigure extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = ["name", "lang", "theme", "hide", "lock", ...TASKS];

  #figure;
  #engine;
  /** The language that the figure speaks by now. */
  #spoken;
  #parameters = [];
  #canvas;
  #stage;
  #attributes = new Attributes(this);
  #controls;
  #grid;
  #handles;
  #player;
  #task;
  #sound = new Sound(this);
  #observers = [];
  #frame = 0;
  #time = 0;
  #near = false;
  #visible = false;
  #peeking = 0;
  #width = 0;
  #changed = true;
  #drawn = false;
  #telling = 0;
  #speaking = 0;
  #legible = 0;
  #repaint = () => this.invalidate(false);
  #turned = (event) => shutMenus(this.shadowRoot, event);

  /** Says what keys do, to those who are in the figure; in a lecture that does, and somebody else's page keeps its keys. */
  #help = (event) => {
    const own = document.documentElement.hasAttribute("data-explainer");
    if (event.key === "?" && own && this.#figure && !this.hasAttribute("wall") && !isTyped(event) && !isShortcut(event)) {
      event.preventDefault();
      event.stopPropagation();
      openFigureHelp(this);
    }
  };

  connectedCallback() {
    // It keeps room from now on, so that not all figures of a page are near before the first has grown.
    const root = this.#root();
    root.addEventListener("keydown", leaveMenu);
    // From one part to another: that does not get out.
    root.addEventListener("focusin", this.#turned);
    const near = new IntersectionObserver(
      (entries) => {
        // A busy page hears of coming and going at once: what counts is the last.
        this.#near = entries.at(-1).isIntersecting;
        this.#look();
      },
      { rootMargin: "300px" },
    );
    near.observe(this);
    const resized = new ResizeObserver(this.#repaint);
    resized.observe(this);
    this.#observers = [near, resized];
    this.#attributes.observe();
    figures.add(this);
    this.translate();
    [prefersDark, prefersContrast].forEach((query) => query.addEventListener("change", this.#repaint));
    addEventListener("resize", this.#repaint);
    ["pointerdown", "focusin"].forEach((kind) => addEventListener(kind, this.#turned));
    ["keydown", "keyup"].forEach((kind) => this.addEventListener(kind, keepKey));
    this.addEventListener("keydown", this.#help);
  }

  disconnectedCallback() {
    this.#observers.forEach((observer) => observer.disconnect());
    this.#attributes.rest();
    figures.delete(this);
    [prefersDark, prefersContrast].forEach((query) => query.removeEventListener("change", this.#repaint));
    removeEventListener("resize", this.#repaint);
    ["pointerdown", "focusin"].forEach((kind) => removeEventListener(kind, this.#turned));
    this.#player?.pause();
    this.#sound.stop();
    this.#showHeard();
    (this.#drawn ? cancelAnimationFrame : clearTimeout)(this.#frame);
    clearTimeout(this.#speaking);
    clearTimeout(this.#peeking);
    this.#frame = 0;
  }

  /** Starts if the reader can see it, stands still if not. */
  #look() {
    clearTimeout(this.#peeking);
    this.#visible = this.#near && this.#isShown();
    if (this.#visible) {
      this.#start();
      this.invalidate(false);
    } else {
      this.#player?.pause();
      this.#peeking = this.#near && setTimeout(() => this.#look(), PEEK);
    }
  }

  /** Whether nothing hides it: slides that are not shown may lie, transparent, where the one is that is. */
  #isShown() {
    return this.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true;
  }

  attributeChangedCallback(name, before, value) {
    if (name === "name" && before !== null && before !== value) {
      this.#rename();
    } else if (name === "lang") {
      this.translate();
    } else if (this.#figure && name !== "theme") {
      this.complain(this.#arrange());
    }
    this.invalidate(TASKS.includes(name));
  }

  /** The wasm's figure, once it is there. */
  get figure() {
    return this.#figure;
  }

  /** The exports of the wasm that the figure lives in, once it does. */
  get engine() {
    return this.#engine;
  }

  /** The figure's name. */
  get name() {
    return this.getAttribute("name") ?? "";
  }

  set name(name) {
    this.setAttribute("name", name);
  }

  /** The language that it speaks: its own, or that of the page around it, as far as there are words in it. */
  get language() {
    return spoken(this.closest("[lang]")?.lang);
  }

  /** What the element was told, else what the reader prefers. */
  get theme() {
    const told = this.getAttribute("theme");
    return THEMES.includes(told) && told !== THEMES[0] ? told : preferredTheme();
  }

  set theme(theme) {
    this.setAttribute("theme", theme);
  }

  /** The size below which no word of the drawing is set, in CSS pixels. */
  set legible(size) {
    this.#legible = size;
    this.style.setProperty("--legible", `${size}px`);
    this.invalidate(false);
  }

  /** The width of the drawing in CSS pixels. */
  get drawnWidth() {
    return this.#width;
  }

  /** The values of all parameters, as text. */
  get values() {
    return Object.fromEntries(this.#parameters.map(({ key }) => [key, this.#figure.get(key)]));
  }

  set values(values) {
    this.set(values);
  }

  /** What the parameters accept. */
  get parameters() {
    return this.#parameters;
  }

  /** The numbers that the figure shows. */
  get readouts() {
    return this.#figure?.state().readouts ?? [];
  }

  /** The figure's state in a sentence or two. */
  get summary() {
    return this.#figure?.state().summary ?? "";
  }

  /** What a "change" event carries, of `state` or of the present one. */
  snapshot({ controls, readouts, summary } = this.#figure.state()) {
    const values = Object.fromEntries(controls.map(({ key, value }) => [key, value]));
    return { name: this.name, values, readouts, summary };
  }

  /** Changes parameters; if one can't be used, changes none and rejects with a RangeError that names it. */
  async set(values) {
    await this.ready();
    const before = this.values;
    const set = ([key, value]) => this.#figure.set(key, String(value));
    const problems = Object.entries(values).map(set).filter(Boolean);
    if (problems.length) {
      Object.entries(before).forEach(set);
      throw new RangeError(problems.join(" "));
    }
    this.invalidate();
  }

  /** Plays the figure's steps, if it has any. */
  async play() {
    await this.ready();
    this.#player.play();
  }

  /** Stands still. */
  async pause() {
    await this.ready();
    this.#player.pause();
  }

  /** Whether its steps are being played. */
  get playing() {
    return this.#player?.playing ?? false;
  }

  /** Back to the state in which its author put it. */
  async reset() {
    await this.ready();
    this.#figure.reset();
    this.invalidate();
  }

  /** Shows what is hidden and commits the guess; resolves to whether anything was hidden. */
  async reveal() {
    await this.ready();
    return this.#task.reveal();
  }

  /** Hides it again. */
  async veilAgain() {
    await this.ready();
    this.#task.veilAgain();
  }

  /** Lets its "curves" be heard, or switches on and off that its "changes" are; returns whether these are heard. */
  hear(what) {
    if (what === "curves") {
      this.#sound.curves();
    } else {
      this.#sound.toggle();
      this.#showHeard();
    }
    return this.#sound.on;
  }

  /** Shows on its button whether changes are heard. */
  #showHeard() {
    this.shadowRoot?.querySelector("[data-sound=changes]")?.setAttribute("aria-pressed", String(this.#sound.on));
  }

  /** The drawing as a standalone SVG. */
  async toSVG(options) {
    await this.ready();
    return svg(this, options);
  }

  /** The drawing as a PNG, a Blob. */
  async toPNG(options) {
    await this.ready();
    return png(this, options);
  }

  /** The figure's data, with its parameters and readouts. */
  async toCSV() {
    await this.ready();
    return csv(this);
  }

  #starting;
  #start() {
    if (!this.#starting) {
      this.#starting = this.#wake();
      // Who waits for the figure hears of it; to the others it is told in the figure's place.
      this.#starting.then(
        () => this.dispatchEvent(new CustomEvent("ready")),
        (error) => {
          const message = error.message ?? String(error);
          this.complain([message]);
          this.dispatchEvent(new ErrorEvent("error", { message, error }));
        },
      );
    }
    return this.#starting;
  }

  /** Resolves once the figure lives; rejects if it can't. */
  async ready() {
    await this.#start();
  }

  async #wake() {
    const { language } = this;
    const exports = await engine(language, this.name);
    const figure = new exports.WebFigure(this.name, language);
    await nextTurn();
    this.#engine = exports;
    const root = this.#root();
    this.#spoken = language;
    this.#parameters = figure.parameters();
    this.#figure = figure;
    const problems = [...this.#attributes.read(), ...readAddress(this, figure)].filter(Boolean);
    this.#task = new Task(this, root);
    this.#furnish();
    this.complain([...problems, ...this.#arrange()]);
    this.#makeRoom(this.#stage.clientWidth);
    this.invalidate();
    // It may have been changed in the meantime.
    this.translate();
  }

  /** Finds its parts, which the page may have brought along, and makes them work. */
  #furnish() {
    const root = this.#root();
    const there = root.querySelector("figure");
    if (!there || spoken(there.lang) !== this.#spoken) {
      this.#clear();
      const template = make("template");
      template.innerHTML = this.#figure.markup();
      root.append(template.content);
    }
    this.unpack();
    this.#canvas = root.querySelector("canvas");
    this.#stage = root.querySelector(".stage");
    this.#controls ??= new Controls(this, root);
    this.#grid = new Grid(this, root);
    this.#handles = new Handles(this, root.querySelector(".handles"));
    this.#player = new Player(this, root);
  }

  /** Takes its parts away. */
  #clear() {
    [...this.#root().children].filter((part) => part.localName !== "style").forEach((part) => part.remove());
  }

  /** Speaks the language that is around it by now; what the reader has done stays as it is. */
  async translate() {
    const { language } = this;
    const figure = this.#figure;
    if (!figure || this.#spoken === language) {
      return;
    }
    await engine(language, this.name);
    if (figure !== this.#figure || language !== this.language || this.#spoken === language) {
      return;
    }
    this.#spoken = language;
    figure.speak(language);
    const { playing } = this;
    this.#player.pause();
    const open = [...this.shadowRoot.querySelectorAll("details")].map((part) => part.open);
    const height = this.#stage.style.getPropertyValue("--height");
    this.#furnish();
    // What is below stays where it is until the next frame draws it.
    this.#stage.style.setProperty("--height", height);
    this.shadowRoot.querySelectorAll("details").forEach((part, index) => (part.open = open[index]));
    this.#task.forget();
    this.#showHeard();
    this.complain(this.#arrange());
    if (playing) {
      this.#player.play();
    }
    this.invalidate();
  }

  /** The shadow root, which a page may have brought along with styles and all. */
  #root() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    if (!root.adoptedStyleSheets.length && !root.querySelector("style")) {
      // Not a style element, which a host's security policy may forbid.
      if (!styles) {
        styles = new CSSStyleSheet();
        styles.replaceSync(FIGURE_STYLES);
      }
      root.adoptedStyleSheets = [styles];
    }
    return root;
  }

  /** Shows and hides what the attributes say; returns a sentence for each name that there is not. */
  #arrange() {
    return arrange(this, this.shadowRoot);
  }

  /** Becomes another figure. */
  #rename() {
    if (this.#starting) {
      this.#player?.pause();
      clearTimeout(this.#telling);
      this.#telling = 0;
      this.#attributes.forget();
      this.toggleAttribute("ready", false);
      this.#clear();
      [this.#figure, this.#parameters, this.#starting] = [undefined, [], undefined];
      if (this.isConnected && this.#visible) {
        this.#start();
      }
    }
  }

  /** Takes the controls out of the template in which the page keeps them while the figure is far. */
  unpack() {
    const packed = this.shadowRoot?.querySelector(".controls > template");
    packed?.replaceWith(packed.content);
  }

  /** Shows sentences about what could not be used; an empty list takes them away. */
  complain(problems) {
    const root = this.#root();
    let list = root.querySelector(".problems");
    if (!list) {
      list = make("ul", { className: "problems" });
      root.append(make("div", { role: "alert" }, list));
    }
    list.replaceChildren(...problems.map((problem) => make("li", { textContent: problem })));
  }

  /** Asks for a repaint in the next frame; `changed` tells that the figure's state is not what it was. */
  invalidate(changed = true) {
    this.#changed ||= changed;
    if (!this.#figure) {
      return;
    }
    if (this.#visible) {
      // The first drawing takes so long that the rest of a frame is better done after it.
      this.#frame ||= this.#drawn
        ? requestAnimationFrame((time) => this.#paint(time))
        : setTimeout(() => this.#paint(performance.now()));
    } else if (changed) {
      // Nobody sees it, but a script may listen.
      this.#telling ||= setTimeout(() => this.#announce());
    }
  }

  #paint(time) {
    this.#frame = 0;
    if (!this.#isShown()) {
      this.#look();
      return;
    }
    // A frame may be said to have begun before the drawing that made way for it.
    const seconds = Math.min(Math.max(time - this.#time, 0) / 1000, 0.05);
    this.#time = time;
    // The backing store follows the stage; without room there is nothing to draw. Some hosts take the room away for a
    // moment and give it back before anyone is told, as when they change their theme.
    this.#width = this.#stage.clientWidth;
    if (!this.#width) {
      setTimeout(() => this.isConnected && this.invalidate(false), 100);
      return;
    }
    this.#handles.apply(this.#width);
    const playing = this.#player.advance(seconds);
    const moving = this.#figure.tick(reducedMotion() ? 1e3 : seconds);
    this.#makeRoom(this.#width);
    // Slides and walls show it larger than it is laid out.
    const scale = this.#stage.getBoundingClientRect().width / this.#width;
    this.#figure.draw(this.#canvas, this.#width, devicePixelRatio * scale, this.theme, this.#legible || this.#wanted());
    this.#handles.place(this.#figure.handles(this.#width));
    this.#drawn = true;
    if (!this.hasAttribute("ready")) {
      // The first time all of it takes so long that the reader's next touch would wait.
      clearTimeout(this.#telling);
      this.#telling = setTimeout(() => {
        this.#announce();
        this.toggleAttribute("ready", true);
      });
    } else if (this.#changed || playing) {
      this.#announce();
    }
    if (moving || playing) {
      this.invalidate(playing);
    }
  }

  /** Gives the stage the height that the drawing needs at `width`, if that is any. */
  #makeRoom(width) {
    if (width) {
      this.#stage.style.setProperty("--height", `${this.#figure.height(width)}px`);
    }
  }

  /** The size that the drawing's words have at least for a reader who has made the page's text larger; 0 for others. */
  #wanted() {
    const larger = parseFloat(getComputedStyle(this).fontSize) / USUAL_TEXT;
    return larger > 1.05 ? Math.min(SMALLEST * larger, LARGEST, this.#width / SPACIOUS) : 0;
  }

  #announce() {
    this.#changed = false;
    this.#telling = 0;
    const state = this.#figure.state();
    this.#controls.show(state);
    this.#grid.follow();
    this.#player.show(state);
    this.#task.show(state);
    this.#sound.follow();
    this.#attributes.write(state.controls, state.changed);
    writeAddress(this, state.changed);
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => {
      const summary = this.shadowRoot.querySelector("[data-summary]");
      if (summary) {
        summary.textContent = state.summary;
      }
    }, state.task?.hidden ? 0 : QUIET);
    const detail = this.snapshot(state);
    this.dispatchEvent(new CustomEvent("change", { bubbles: true, composed: true, detail }));
  }
}
