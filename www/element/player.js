// Play, pause and step.
import { reducedMotion } from "../shared/motion.js";

/** Under reduced motion: the number of steps at a time, and the pause between in seconds. */
const STRIDE = 15;
const REST = 0.7;

export class Player {
  #element;
  #button;
  #playing = false;
  #owed = 0;

  constructor(element, root) {
    this.#element = element;
    this.#button = root.querySelector("[data-play]");
    this.#button?.addEventListener("click", () => (this.#playing ? this.pause() : this.play()));
    root.querySelector("[data-step]")?.addEventListener("click", () => {
      this.pause();
      element.figure.advance(1);
      element.invalidate();
    });
  }

  /** Whether the steps are being played. */
  get playing() {
    return this.#playing;
  }

  /** Continues to play, or plays from the start if the end is reached. */
  play() {
    const [step, last] = this.#element.figure.state().step ?? [0, 0];
    if (step >= last) {
      this.#element.figure.rewind();
    }
    this.#owed = 0;
    this.#show(true);
    this.#element.invalidate();
  }

  /** Pauses the playing. */
  pause() {
    this.#show(false);
  }

  #show(playing) {
    this.#playing = playing;
    if (this.#button) {
      const [play, pause] = this.#button.dataset.words.split("|");
      this.#button.textContent = playing ? pause : play;
      this.#button.classList.toggle("playing", playing);
    }
  }

  /** Lets `seconds` pass. Returns whether the steps are being played. */
  advance(seconds) {
    if (!this.#playing) {
      return false;
    }
    const { figure } = this.#element;
    const calm = reducedMotion();
    this.#owed += calm ? seconds / REST : seconds * figure.pace();
    const due = Math.floor(this.#owed);
    if (due >= 1) {
      this.#owed -= due;
      if (!figure.advance(calm ? STRIDE : due)) {
        this.pause();
      }
    }
    return true;
  }

  /** Stops at the last step. */
  show({ step }) {
    if (this.#playing && step && step[0] >= step[1]) {
      this.pause();
    }
  }
}
