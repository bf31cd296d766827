// Paints a figure, at most once a frame.
import { html } from "../shared/html.js";
import { make } from "../shared/make.js";
import { reducedMotion } from "../shared/motion.js";

/** The default size of a figure's text outside its drawing, in CSS pixels. */
const USUAL_TEXT = 14;
/** The smallest text of a drawing at that default, and its limit for readers who want larger text, in CSS pixels. */
const [SMALLEST, LARGEST] = [12, 18];
/** The resolution of the copy that a drawing far from the window is reduced to, in pixels per CSS pixel. */
const COPY = 0.5;
/** The least ratio of the width of a drawing to its text size, so that the text has room on a phone. */
const SPACIOUS = 20.5;

export class Painter {
  /** The width of the drawing in CSS pixels, once there is one. */
  width = 0;
  /** The smallest text size of the drawing, in CSS pixels. 0 leaves it to the reader's preference. */
  legible = 0;
  #element;
  #isShown;
  #painted;
  #parts;
  #frame = 0;
  #time = 0;
  #drawn = false;
  #whole = false;

  /**
   * A painter for `element`. It calls `isShown` before it paints, and afterwards `painted` with two arguments: whether the
   * figure is playing, and whether its drawing is still moving.
   */
  constructor(element, isShown, painted) {
    this.#element = element;
    this.#isShown = isShown;
    this.#painted = painted;
  }

  /** Paints onto the canvas in `root` from now on, together with `handles` and `player`. */
  furnish(root, handles, player) {
    const canvas = root.querySelector("canvas");
    this.#parts = { canvas, stage: root.querySelector(".stage"), handles, player };
    // Where the graphics were taken away for a time, what had been drawn is gone.
    canvas.addEventListener("contextrestored", () => this.#element.invalidate(false));
    this.#whole = false;
  }

  /** Requests painting in the next frame. */
  request() {
    // The first drawing takes long. In a task of its own it does not delay the frame.
    this.#frame ||= this.#drawn
      ? requestAnimationFrame((time) => this.#paint(time))
      : setTimeout(() => this.#paint(performance.now()));
  }

  /** Cancels a requested painting. */
  cancel() {
    (this.#drawn ? cancelAnimationFrame : clearTimeout)(this.#frame);
    this.#frame = 0;
  }

  /** Whether the canvas holds the drawing at its full resolution. */
  get isWhole() {
    return this.#whole;
  }

  /**
   * Releases most of the drawing's memory. The next painting allocates it again. A small copy stays in the canvas, because the
   * browser may show the place before any script hears of the scroll.
   */
  release() {
    if (!this.#whole) {
      return;
    }
    this.#whole = false;
    const { canvas } = this.#parts;
    const [width, height] = [this.width, this.width * (canvas.height / canvas.width)].map((length) => Math.ceil(COPY * length));
    const copy = make("canvas", { width, height });
    const context = copy.getContext("2d");
    context.imageSmoothingQuality = "high";
    context.drawImage(canvas, 0, 0, width, height);
    [canvas.width, canvas.height] = [width, height];
    canvas.getContext("2d").drawImage(copy, 0, 0);
  }

  /** Gives the stage the height that the drawing needs at the stage's width. */
  makeRoom() {
    const { stage } = this.#parts;
    if (stage.clientWidth) {
      this.height = `${this.#element.figure.height(stage.clientWidth)}px`;
    }
  }

  /** The height of the stage, in CSS notation. */
  get height() {
    return this.#parts.stage.style.getPropertyValue("--height");
  }

  set height(height) {
    this.#parts.stage.style.setProperty("--height", height);
  }

  #paint(time) {
    this.#frame = 0;
    if (!this.#isShown()) {
      return;
    }
    const element = this.#element;
    const { figure } = element;
    const { canvas, stage, handles, player } = this.#parts;
    // A frame's time may be earlier than that of a drawing that preceded it.
    const seconds = Math.min(Math.max(time - this.#time, 0) / 1000, 0.05);
    this.#time = time;
    // Without a width there is nothing to draw. Some hosts take the width away for a moment and return it without an event,
    // for example when they change their theme.
    const width = stage.clientWidth;
    if (!width) {
      setTimeout(() => element.isConnected && element.invalidate(false), 100);
      return;
    }
    this.width = width;
    handles.apply(this.width);
    const playing = player.advance(seconds);
    const moving = figure.tick(reducedMotion() ? 1e3 : seconds);
    this.makeRoom();
    // Slides and walls show the figure at another scale than it is laid out.
    const scale = stage.getBoundingClientRect().width / this.width;
    this.#whole = this.#draw(figure, devicePixelRatio * scale);
    handles.place(figure.handles(this.width));
    this.#drawn = true;
    this.#painted(playing, moving);
  }

  /** Draws `figure` onto the canvas. Where the browser gives nothing to draw on, shows a picture instead and returns false. */
  #draw(figure, scale) {
    const element = this.#element;
    const { canvas, stage } = this.#parts;
    try {
      figure.draw(canvas, this.width, scale, element.theme, this.legible || this.#preferredTextSize());
      return true;
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) {
        throw error;
      }
      const picture = stage.querySelector(".picture") ?? canvas.insertAdjacentElement("afterend", make("div", { className: "picture" }));
      picture.innerHTML = html(figure.svg(this.width, element.theme));
      return false;
    }
  }

  /** The size that the drawing's words have at least for a reader who has made the page's text larger; 0 for others. */
  #preferredTextSize() {
    const larger = parseFloat(getComputedStyle(this.#element).fontSize) / USUAL_TEXT;
    return larger > 1.05 ? Math.min(SMALLEST * larger, LARGEST, this.width / SPACIOUS) : 0;
  }
}
