// Animated transitions between states of a figure, so that the room sees what changes.

/** The duration of a transition, in seconds. */
const CHANGE = 0.8;
/** The number of steps of a fit in a second, and the greatest duration of all steps, in seconds. */
const STEPS_A_SECOND = 60;
const LONGEST = 6;

export class Glide {
  #kit;
  #figure;
  #to;
  #frame = 0;

  constructor(kit) {
    this.#kit = kit;
  }

  /**
   * Takes `figure` to the values `to`, pairs of key and text. The transition starts at the values `from`; without them, or
   * under reduced motion, the change is immediate.
   */
  start(figure, from, to) {
    this.#figure = figure;
    this.#to = to.map(([, value]) => value);
    if (!from || this.#kit.reducedMotion()) {
      this.#set(this.#to, this.#to, 1);
      return;
    }
    const start = to.map(([key]) => from[key]);
    const steps = figure.parameters.findIndex(({ steps }) => steps);
    const count = steps < 0 ? 0 : Number(this.#to[steps]) - Number(start[steps]);
    // What the author changed comes first, then the steps of the fit.
    const before = this.#to.with(steps < 0 ? 0 : steps, steps < 0 ? this.#to[0] : String(Math.min(start[steps], this.#to[steps])));
    const changes = before.some((value, place) => value !== start[place] && place !== steps);
    const first = changes ? CHANGE : 0;
    const second = count > 0 ? Math.min(count / STEPS_A_SECOND, LONGEST) : 0;
    let begin;
    const go = (time) => {
      begin ??= time;
      const passed = (time - begin) / 1000;
      if (passed < first) {
        this.#set(start, before, ease(passed / first));
      } else if (passed < first + second) {
        this.#set(before, this.#to, (passed - first) / second);
      } else {
        this.finish();
        return;
      }
      this.#frame = requestAnimationFrame(go);
    };
    this.#frame = requestAnimationFrame(go);
  }

  #set(from, to, part) {
    this.#figure.figure.glide(from, to, part);
    this.#figure.invalidate();
  }

  /** Ends the transition at once. Returns whether one was in progress. */
  finish() {
    if (!this.#frame) {
      return false;
    }
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#set(this.#to, this.#to, 1);
    return true;
  }
}

/** Cubic easing: slow at both ends. */
function ease(part) {
  return part * part * (3 - 2 * part);
}
