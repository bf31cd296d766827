// Paints a figure, at most once a frame.
import { reducedMotion } from "../shared/motion.js";

/** The size of a figure's words outside its drawing, in CSS pixels, where the reader wants them neither larger nor smaller. */
const USUAL_TEXT = 14;
/** The smallest words of a drawing are that large then, and no larger than that where the reader wants larger ones. */
const [SMALLEST, LARGEST] = [12, 18];
/** So many times as wide as its words are large a drawing is at least, for them to have room on a phone. */
const SPACIOUS = 20.5;

export class Painter {
  /** The width of the drawing in CSS pixels, once there is one. */
  width = 0;
  /** The size below which no word of the drawing is set, in CSS pixels; 0 if the reader's own says. */
  legible = 0;
  #element;
  #isShown;
  #painted;
  #parts;
  #frame = 0;
  #time = 0;
  #drawn = false;

  /**
   * That of `element`. Before it paints it asks whether the figure `isShown`, and afterwards tells by `painted` whether the
   * figure is playing and whether its drawing goes on moving.
   */
  constructor(element, isShown, painted) {
    this.#element = element;
    this.#isShown = isShown;
    this.#painted = painted;
  }

  /** Paints onto the canvas in `root`, and puts `handles` where they are and `player` on. */
  furnish(root, handles, player) {
    this.#parts = { canvas: root.querySelector("canvas"), stage: root.querySelector(".stage"), handles, player };
  }

  /** Paints in the next frame. */
  request() {
    // The first drawing takes so long that the rest of a frame is better done after it.
    this.#frame ||= this.#drawn
      ? requestAnimationFrame((time) => this.#paint(time))
      : setTimeout(() => this.#paint(performance.now()));
  }

  /** Does not paint what has been asked for. */
  cancel() {
    (this.#drawn ? cancelAnimationFrame : clearTimeout)(this.#frame);
    this.#frame = 0;
  }

  /** Gives the drawing's memory back; the next painting takes it again. */
  release() {
    const canvas = this.#parts?.canvas;
    if (canvas) {
      [canvas.width, canvas.height] = [0, 0];
    }
  }

  /** Gives the stage the height that the drawing needs at its width, if that is any. */
  makeRoom() {
    const { stage } = this.#parts;
    if (stage.clientWidth) {
      this.height = `${this.#element.figure.height(stage.clientWidth)}px`;
    }
  }

  /** The height of the stage, in CSS. */
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
    // A frame may be said to have begun before the drawing that made way for it.
    const seconds = Math.min(Math.max(time - this.#time, 0) / 1000, 0.05);
    this.#time = time;
    // The backing store follows the stage; without room there is nothing to draw. Some hosts take the room away for a
    // moment and give it back before anyone is told, as when they change their theme.
    this.width = stage.clientWidth;
    if (!this.width) {
      setTimeout(() => element.isConnected && element.invalidate(false), 100);
      return;
    }
    handles.apply(this.width);
    const playing = player.advance(seconds);
    const moving = figure.tick(reducedMotion() ? 1e3 : seconds);
    this.makeRoom();
    // Slides and walls show it larger than it is laid out.
    const scale = stage.getBoundingClientRect().width / this.width;
    figure.draw(canvas, this.width, devicePixelRatio * scale, element.theme, this.legible || this.#wanted());
    handles.place(figure.handles(this.width));
    this.#drawn = true;
    this.#painted(playing, moving);
  }

  /** The size that the drawing's words have at least for a reader who has made the page's text larger; 0 for others. */
  #wanted() {
    const larger = parseFloat(getComputedStyle(this.#element).fontSize) / USUAL_TEXT;
    return larger > 1.05 ? Math.min(SMALLEST * larger, LARGEST, this.width / SPACIOUS) : 0;
  }
}
