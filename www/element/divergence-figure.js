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
import { preferredTheme, prefersContrast, prefersDark } from "../shared/theme.js";
import { nextTurn } from "../shared/turn.js";
import { readAddress, writeAddress } from "./address.js";
import { Announcer } from "./announcer.js";
import { Attributes } from "./attributes.js";
import { Controls } from "./controls.js";
import { Grid } from "./grid.js";
import { Handles } from "./handles.js";
import { leaveMenu, shutMenus } from "./menus.js";
import { Painter } from "./painter.js";
import { arrange, THEMES } from "./parts.js";
import { Player } from "./player.js";
import { clear, complain, rootOf, unpack } from "./root.js";
import { Sight } from "./sight.js";
import { Sound } from "./sound.js";
import { TASKS, Task } from "./task.js";

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
  #sight = new Sight(this, () => this.#look(), () => this.#leave());
  #painter = new Painter(this, () => this.#isShown(), (playing, moving) => this.#painted(playing, moving));
  #announcer = new Announcer(this, (state) => this.#show(state));
  #attributes = new Attributes(this);
  #controls;
  #grid;
  #handles;
  #player;
  #task;
  #sound = new Sound(this);
  #repaint = () => this.invalidate(false);
  #resized = globalThis.ResizeObserver && new ResizeObserver(this.#repaint);
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
    const root = rootOf(this);
    root.addEventListener("keydown", leaveMenu);
    // From one part to another: that does not get out.
    root.addEventListener("focusin", this.#turned);
    this.#sight.observe();
    this.#resized.observe(this);
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
    this.#sight.rest();
    this.#resized.disconnect();
    this.#attributes.rest();
    figures.delete(this);
    [prefersDark, prefersContrast].forEach((query) => query.removeEventListener("change", this.#repaint));
    removeEventListener("resize", this.#repaint);
    ["pointerdown", "focusin"].forEach((kind) => removeEventListener(kind, this.#turned));
    this.#player?.pause();
    this.#sound.stop();
    this.#showHeard();
    this.#painter.cancel();
    this.#announcer.rest();
  }

  /** Starts if the reader can see it, stands still if not. */
  #look() {
    if (this.#sight.visible) {
      this.#start();
      this.invalidate(false);
    } else {
      this.#player?.pause();
    }
  }

  /** Keeps no pixels where nobody is near; what has not been painted is told all the same. */
  #leave() {
    this.#painter.cancel();
    this.#painter.release();
    if (this.#figure && this.#announcer.changed) {
      this.#announcer.soon();
    }
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
    this.#painter.legible = size;
    this.style.setProperty("--legible", `${size}px`);
    this.invalidate(false);
  }

  /** The width of the drawing in CSS pixels. */
  get drawnWidth() {
    return this.#painter.width;
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
    const root = rootOf(this);
    this.#spoken = language;
    this.#parameters = figure.parameters();
    this.#figure = figure;
    const problems = [...this.#attributes.read(), ...readAddress(this, figure)].filter(Boolean);
    this.#task = new Task(this, root);
    this.#furnish();
    this.complain([...problems, ...this.#arrange()]);
    this.#painter.makeRoom();
    this.invalidate();
    // It may have been changed in the meantime.
    this.translate();
  }

  /** Finds its parts, which the page may have brought along, and makes them work. */
  #furnish() {
    const root = rootOf(this);
    const there = root.querySelector("figure");
    if (!there || spoken(there.lang) !== this.#spoken) {
      clear(root);
      const template = make("template");
      template.innerHTML = this.#figure.markup();
      root.append(template.content);
    }
    this.unpack();
    this.#controls ??= new Controls(this, root);
    this.#grid = new Grid(this, root);
    this.#handles = new Handles(this, root.querySelector(".handles"));
    this.#player = new Player(this, root);
    this.#painter.furnish(root, this.#handles, this.#player);
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
    const { height } = this.#painter;
    this.#furnish();
    // What is below stays where it is until the next frame draws it.
    this.#painter.height = height;
    this.shadowRoot.querySelectorAll("details").forEach((part, index) => (part.open = open[index]));
    this.#task.forget();
    this.#showHeard();
    this.complain(this.#arrange());
    if (playing) {
      this.#player.play();
    }
    this.invalidate();
  }

  /** Shows and hides what the attributes say; returns a sentence for each name that there is not. */
  #arrange() {
    return arrange(this, this.shadowRoot);
  }

  /** Becomes another figure. */
  #rename() {
    if (this.#starting) {
      this.#player?.pause();
      this.#painter.cancel();
      this.#announcer.cancel();
      this.#attributes.forget();
      this.toggleAttribute("ready", false);
      clear(this.shadowRoot);
      [this.#figure, this.#parameters, this.#starting] = [undefined, [], undefined];
      if (this.isConnected && this.#sight.visible) {
        this.#start();
      }
    }
  }

  /** Takes the controls out of the template in which the page keeps them while the figure is far. */
  unpack() {
    unpack(this.shadowRoot);
  }

  /** Shows sentences about what could not be used; an empty list takes them away. */
  complain(problems) {
    complain(rootOf(this), problems);
  }

  /** Asks for a repaint in the next frame; `changed` tells that the figure's state is not what it was. */
  invalidate(changed = true) {
    this.#announcer.changed ||= changed;
    if (!this.#figure) {
      return;
    }
    if (this.#sight.visible) {
      this.#painter.request();
    } else if (changed) {
      // Nobody sees it, but a script may listen.
      this.#announcer.soon();
    }
  }

  /** Whether it can still be seen; looks out for it if not. */
  #isShown() {
    const shown = this.#sight.isShown();
    if (!shown) {
      this.#sight.look();
    }
    return shown;
  }

  /** Tells of what has been painted; goes on if it is `playing`, or its drawing `moving`. */
  #painted(playing, moving) {
    if (!this.hasAttribute("ready")) {
      this.#announcer.first();
    } else if (this.#announcer.changed || playing) {
      this.#announcer.now();
    }
    if (moving || playing) {
      this.invalidate(playing);
    }
  }

  /** Shows `state` in all that stands around the drawing. */
  #show(state) {
    this.#controls.show(state);
    this.#grid.follow();
    this.#player.show(state);
    this.#task.show(state);
    this.#sound.follow();
    this.#attributes.write(state.controls, state.changed);
    writeAddress(this, state.changed);
  }
}
