// The custom element: one figure.
//
// The wasm has the figure's state and mathematics. This element only passes events in, and pixels and numbers out. It paints
// at most once a frame, and not at all while it is off screen. Its interface for authors of pages is declared in
// divergence-figure.d.ts.
import { engine, availableLanguage } from "../shared/engine.js";
import { openFigureHelp } from "../shared/help.js";
import { html } from "../shared/html.js";
import { isShortcut, isTyped, keepKey } from "../shared/keys.js";
import { make } from "../shared/make.js";
import { isRecord } from "../shared/text.js";
import { preferredTheme, prefersContrast, prefersDark, themeOfNotes } from "../shared/theme.js";
import { wordsOf } from "../shared/words.js";
import { readAddress, writeAddress } from "./address.js";
import { Announcer } from "./announcer.js";
import { Attributes } from "./attributes.js";
import { away } from "./away.js";
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
import { Waking } from "./waking.js";

/** The options of the scroll listener, which hears every scroller that the figure may stand in. */
const SCROLLING = { capture: true, passive: true };

/** All figures on the page. They follow changes of the page's language and theme. */
const figures = new Set();
const follow = globalThis.MutationObserver && new MutationObserver(() => figures.forEach((figure) => figure.followPage()));
// Notes change their theme by all kinds of attributes of these two.
[globalThis.document?.documentElement, globalThis.document?.body].forEach((part) => part && follow.observe(part, { attributes: true }));

// A server that renders pages has no elements, but also loads this module.
export class DivergenceFigure extends (globalThis.HTMLElement ?? Object) {
  /** The address of the complete script, from a program that has loaded this one as a part of another. */
  static complete;
  static observedAttributes = ["name", "lang", "theme", "hide", "lock", ...TASKS];

  #figure;
  #engine;
  /** The language in which the figure is shown. */
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
  #waking = new Waking(this, (exports, figure, language) => this.#live(exports, figure, language));
  #repaint = () => this.invalidate(false);

  /** Takes the theme of the notes around the figure, unless it is told one. Styles find it in an attribute. */
  #recolour = () => {
    const theme = this.#toldTheme ? undefined : themeOfNotes(this);
    if (theme !== this.dataset.notes) {
      theme ? this.setAttribute("data-notes", theme) : this.removeAttribute("data-notes");
    }
    this.#repaint();
  };
  #resized = globalThis.ResizeObserver && new ResizeObserver(this.#repaint);
  #turned = (event) => {
    shutMenus(this.shadowRoot, event);
    this.#handles?.turn(event);
  };

  /** Paints a figure that a jump has brought into the window, so that the first frame after the jump shows it. */
  #scrolled = () => {
    if (this.hasAttribute("ready") && !this.#painter.isWhole && this.#sight.isInWindow()) {
      this.#painter.request();
    }
  };

  /** Opens the help on keys. In a lecture the lecture does this, and in somebody else's page the key is left to the page. */
  #help = (event) => {
    const own = document.documentElement.hasAttribute("data-explainer");
    if (event.key === "?" && own && this.#figure && !this.hasAttribute("wall") && !isTyped(event) && !isShortcut(event)) {
      event.preventDefault();
      event.stopPropagation();
      openFigureHelp(this);
    }
  };

  connectedCallback() {
    // The shadow root reserves the figure's height now. Otherwise all figures of a page would be near the window before the
    // first one has grown.
    const root = rootOf(this);
    root.addEventListener("keydown", leaveMenu);
    // A move of the focus inside the shadow root is not seen outside.
    root.addEventListener("focusin", this.#turned);
    this.#sight.observe();
    this.#resized.observe(this);
    this.#attributes.observe();
    figures.add(this);
    this.followPage();
    [prefersDark, prefersContrast].forEach((query) => query.addEventListener("change", this.#recolour));
    addEventListener("resize", this.#repaint);
    addEventListener("scroll", this.#scrolled, SCROLLING);
    ["pointerdown", "focusin"].forEach((kind) => addEventListener(kind, this.#turned));
    ["keydown", "keyup"].forEach((kind) => this.addEventListener(kind, keepKey));
    this.addEventListener("keydown", this.#help);
  }

  disconnectedCallback() {
    this.#sight.stop();
    this.#resized.disconnect();
    this.#attributes.stop();
    figures.delete(this);
    [prefersDark, prefersContrast].forEach((query) => query.removeEventListener("change", this.#recolour));
    removeEventListener("resize", this.#repaint);
    removeEventListener("scroll", this.#scrolled, SCROLLING);
    ["pointerdown", "focusin"].forEach((kind) => removeEventListener(kind, this.#turned));
    this.#player?.pause();
    this.#sound.stop();
    this.#showHeard();
    this.#painter.cancel();
    this.#announcer.cancelSummary();
  }

  /** Starts the figure when the reader can see it, and pauses it otherwise. */
  #look() {
    if (this.#sight.visible) {
      // An error is told in the figure's place.
      this.#waking.start();
      this.invalidate(false);
    } else {
      this.#player?.pause();
    }
  }

  /** Releases the pixels of a figure far from the window. A change that was not painted is still announced. */
  #leave() {
    this.#painter.cancel();
    this.#painter.release();
    if (this.#figure && this.#announcer.changed) {
      this.#announcer.schedule();
    }
  }

  attributeChangedCallback(name, before, value) {
    if (name === "name" && before !== null && before !== value) {
      this.#rename();
    } else if (name === "lang") {
      this.translate();
    } else if (name === "theme") {
      this.#recolour();
    } else if (this.#figure) {
      this.complain(this.#arrange());
    }
    this.invalidate(TASKS.includes(name));
  }

  /** The figure in the wasm, once it is there. */
  get figure() {
    return this.#figure;
  }

  /** The exports of the engine in which the figure runs, once it does. */
  get engine() {
    return this.#engine;
  }

  /** The name of the figure. */
  get name() {
    return this.getAttribute("name") ?? "";
  }

  set name(name) {
    this.setAttribute("name", name);
  }

  /** The language of the figure: its own or that of the surrounding page, if there are texts in it. */
  get language() {
    return availableLanguage(this.closest("[lang]")?.lang);
  }

  /** The theme set by the attribute, or that of the notes around it, or the one that the reader prefers. */
  get theme() {
    return this.#toldTheme ?? this.dataset.notes ?? preferredTheme();
  }

  get #toldTheme() {
    const told = this.getAttribute("theme");
    return THEMES.slice(1).find((theme) => theme === told);
  }

  set theme(theme) {
    this.setAttribute("theme", theme);
  }

  /** The smallest text size of the drawing, in CSS pixels. */
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
    // Who sets a property can't wait for the outcome: what is wrong is told in the figure's place.
    this.set(values).catch(({ message }) => this.complain([message]));
  }

  /** The parameters and what they accept. */
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

  /** The detail of a "change" event, from `state` or from the present one. */
  snapshot({ controls, readouts, summary } = this.#figure.state()) {
    const values = Object.fromEntries(controls.map(({ key, value }) => [key, value]));
    return { name: this.name, values, readouts, summary };
  }

  /** Sets all parameters in `values`, or none of them: it then rejects with a RangeError that names what cannot be used. */
  async set(values) {
    await this.ready();
    if (!isRecord(values)) {
      throw new TypeError(wordsOf(this)("problem.values"));
    }
    const before = this.values;
    const set = ([key, value]) => this.#figure.set(key, value);
    const problems = Object.entries(values)
      .map(([key, value]) => [key, String(value)])
      .map(set)
      .filter(Boolean);
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

  /** Pauses the playing. */
  async pause() {
    await this.ready();
    this.#player.pause();
  }

  /** Whether the steps are being played. */
  get playing() {
    return this.#player?.playing ?? false;
  }

  /** Returns to the state that the author set. */
  async reset() {
    await this.ready();
    this.#figure.reset();
    this.invalidate();
  }

  /** Reveals what is hidden and commits the guess. Resolves to whether anything was hidden. */
  async reveal() {
    await this.ready();
    return this.#task.reveal();
  }

  /** Hides everything again. */
  async veilAgain() {
    await this.ready();
    this.#task.veilAgain();
  }

  /** Plays the sound of the "curves" once, or turns the sound of "changes" on or off. Returns whether the latter is on. */
  hear(what) {
    if (what === "curves") {
      this.#sound.curves();
    } else {
      this.#sound.toggle();
      this.#showHeard();
    }
    return this.#sound.on;
  }

  /** Shows on its button whether the sound of changes is on. */
  #showHeard() {
    this.shadowRoot?.querySelector("[data-sound=changes]")?.setAttribute("aria-pressed", String(this.#sound.on));
  }

  /** The drawing as a standalone SVG. */
  async toSVG(options) {
    await this.ready();
    return (await away(this)).svg(this, options);
  }

  /** The drawing as a PNG, in a Blob. */
  async toPNG(options) {
    await this.ready();
    return (await away(this)).png(this, options);
  }

  /** The figure's data as CSV, with its parameters and readouts. */
  async toCSV() {
    await this.ready();
    return this.#figure.csv();
  }

  /** Resolves once the figure is running; rejects if it cannot run. */
  ready() {
    return this.#waking.ready();
  }

  /** Begins to live as `figure`, which is in the engine with these `exports` and speaks `language`. */
  #live(exports, figure, language) {
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
    // The page may have changed in the meantime.
    this.followPage();
  }

  /** Changes to the language and the theme of the surroundings. */
  followPage() {
    this.#recolour();
    this.translate();
  }

  /** Connects the figure's elements, which the page may have contained already. */
  #furnish() {
    const root = rootOf(this);
    const there = root.querySelector("figure");
    if (!there || availableLanguage(there.lang) !== this.#spoken) {
      clear(root);
      const template = make("template");
      template.innerHTML = html(this.#figure.markup());
      root.append(template.content);
    }
    this.unpack();
    this.#controls ??= new Controls(this, root);
    this.#grid = new Grid(this, root);
    this.#handles = new Handles(this, root.querySelector(".handles"));
    this.#player = new Player(this, root);
    this.#painter.furnish(root, this.#handles, this.#player);
  }

  /** Changes to the language of the surroundings. What the reader has done is kept. */
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
    // The height is kept until the next frame, so that what is below does not move.
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

  /** Shows, hides and locks parts as the attributes say. Returns a sentence for each unknown name. */
  #arrange() {
    return arrange(this, this.shadowRoot);
  }

  /** Replaces the figure by another one. */
  #rename() {
    if (this.#waking.begun) {
      this.#player?.pause();
      this.#painter.cancel();
      this.#announcer.cancel();
      this.#attributes.forget();
      this.toggleAttribute("ready", false);
      this.#waking.forget();
      clear(this.shadowRoot);
      [this.#figure, this.#parameters] = [undefined, []];
      if (this.isConnected && this.#sight.visible) {
        this.#waking.start();
      }
    }
  }

  /** Moves the controls out of the template in which the page keeps them while the figure is far away. */
  unpack() {
    unpack(this.shadowRoot);
  }

  /** Shows sentences about what could not be used, and a button for `remedy`; see root.js. An empty list removes them. */
  complain(problems, remedy) {
    complain(rootOf(this), problems, remedy);
  }

  /** Requests a repaint in the next frame. `changed` says that the figure's state has changed. */
  invalidate(changed = true) {
    this.#announcer.changed ||= changed;
    if (!this.#figure) {
      return;
    }
    if (this.#sight.visible) {
      this.#painter.request();
    } else if (changed) {
      // A figure that nobody sees is not painted, but a script may be listening.
      this.#announcer.schedule();
    }
  }

  /** Whether the figure can still be seen. If not, starts checking for its return. */
  #isShown() {
    const shown = this.#sight.isShown();
    if (!shown) {
      this.#sight.look();
    }
    return shown;
  }

  /** Announces what has been painted. Continues while the steps are `playing` or the drawing is `moving`. */
  #painted(playing, moving) {
    if (!this.hasAttribute("ready")) {
      this.#announcer.scheduleFirst();
    } else if (this.#announcer.changed || playing) {
      this.#announcer.announce();
    }
    if (moving || playing) {
      this.invalidate(playing);
    }
  }

  /** Shows `state` in everything around the drawing. */
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
