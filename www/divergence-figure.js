// The custom element: one figure, wherever it stands.
//
// The wasm holds the figure's state and mathematics; this element only carries events in and pixels and numbers out. It
// paints at most once a frame, and not at all while it is off screen.
import { engine } from "./engine.js";
import { readAddress, writeAddress } from "./address.js";
import { Controls } from "./controls.js";
import { Grid } from "./grid.js";
import { Handles } from "./handles.js";
import { Player } from "./player.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** How long after the last change the summary is spoken, in milliseconds: a drag should not flood a screen reader. */
const QUIET = 700;

export class DivergenceFigure extends HTMLElement {
  static observedAttributes = ["theme"];

  #figure;
  #canvas;
  #stage;
  #controls;
  #grid;
  #handles;
  #player;
  #observers = [];
  #frame = 0;
  #time = 0;
  #visible = false;
  #width = 0;
  #changed = true;
  #speaking = 0;
  #repaint = () => this.invalidate(false);

  connectedCallback() {
    const near = new IntersectionObserver(
      ([entry]) => {
        this.#visible = entry.isIntersecting;
        if (this.#visible) {
          this.#start();
          this.invalidate(false);
        } else {
          this.#player?.pause();
        }
      },
      { rootMargin: "300px" },
    );
    near.observe(this);
    const resized = new ResizeObserver(this.#repaint);
    resized.observe(this);
    this.#observers = [near, resized];
    dark.addEventListener("change", this.#repaint);
    addEventListener("resize", this.#repaint);
  }

  disconnectedCallback() {
    this.#observers.forEach((observer) => observer.disconnect());
    dark.removeEventListener("change", this.#repaint);
    removeEventListener("resize", this.#repaint);
    this.#player?.pause();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  attributeChangedCallback() {
    this.invalidate(false);
  }

  /** The wasm's figure, once it is there. */
  get figure() {
    return this.#figure;
  }

  /** The figure's name. */
  get name() {
    return this.getAttribute("name") ?? "";
  }

  /** "light" or "dark": what the element was told, else what the reader prefers. */
  get theme() {
    return this.getAttribute("theme") ?? (dark.matches ? "dark" : "light");
  }

  /** The width of the drawing in CSS pixels. */
  get width() {
    return this.#width;
  }

  #starting;
  #start() {
    this.#starting ??= this.#wake().catch((error) => this.complain([error.message ?? String(error)]));
    return this.#starting;
  }

  /** Resolves once the figure lives. */
  ready() {
    return this.#start();
  }

  async #wake() {
    const language = this.closest("[lang]")?.lang ?? "en";
    const wasm = await engine(language);
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const figure = new wasm.WebFigure(this.name);
    if (!root.querySelector("figure")) {
      root.innerHTML = `<style>${FIGURE_STYLES}</style>${figure.markup()}`;
    }
    const problems = [
      ...[...this.attributes]
        .filter(({ name }) => figure.get(name) !== undefined)
        .map(({ name, value }) => figure.set(name, value)),
      ...readAddress(this, figure),
    ].filter(Boolean);
    this.unpack();
    this.#figure = figure;
    this.#canvas = root.querySelector("canvas");
    this.#stage = root.querySelector(".stage");
    this.#controls = new Controls(this, root);
    this.#grid = new Grid(this, root);
    this.#handles = new Handles(this, root.querySelector(".handles"));
    this.#player = new Player(this, root);
    this.complain(problems);
    this.invalidate();
  }

  /** Takes the controls out of the template in which the page keeps them while the figure is far. */
  unpack() {
    const packed = this.shadowRoot?.querySelector(".controls > template");
    packed?.replaceWith(packed.content);
  }

  /** Shows sentences about what could not be used; an empty list takes them away. */
  complain(problems) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    let list = root.querySelector(".problems");
    if (!list) {
      list = root.appendChild(document.createElement("ul"));
      list.className = "problems";
    }
    list.replaceChildren(
      ...problems.map((problem) => Object.assign(document.createElement("li"), { textContent: problem })),
    );
  }

  /** Asks for a repaint in the next frame; `changed` tells that the figure's state is not what it was. */
  invalidate(changed = true) {
    this.#changed ||= changed;
    if (this.#figure && this.#visible && !this.#frame) {
      this.#frame = requestAnimationFrame((time) => this.#paint(time));
    }
  }

  #paint(time) {
    this.#frame = 0;
    const seconds = Math.min((time - this.#time) / 1000, 0.05);
    this.#time = time;
    // The backing store follows the stage; without room there is nothing to draw.
    this.#width = this.#stage.clientWidth;
    if (!this.#width) {
      return;
    }
    this.#handles.apply(this.#width);
    const playing = this.#player.advance(seconds);
    const moving = this.#figure.tick(reducedMotion() ? 1e3 : seconds);
    this.#stage.style.setProperty("--height", `${this.#figure.height(this.#width)}px`);
    this.#figure.draw(this.#canvas, this.#width, devicePixelRatio, this.theme);
    this.#handles.place(this.#figure.handles(this.#width));
    if (this.#changed || playing) {
      this.#changed = false;
      this.#announce();
    }
    this.toggleAttribute("ready", true);
    if (moving || playing) {
      this.invalidate(playing);
    }
  }

  #announce() {
    const state = this.#figure.state();
    this.#controls.show(state);
    this.#grid.follow();
    this.#player.show(state);
    writeAddress(this, state.changed);
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => {
      this.shadowRoot.querySelector("[data-summary]").textContent = state.summary;
    }, QUIET);
    this.dispatchEvent(new CustomEvent("change", { bubbles: true, composed: true, detail: state.readouts }));
  }
}

/** Whether the reader asked for as little motion as possible. */
export function reducedMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
