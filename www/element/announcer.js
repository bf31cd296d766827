// Tells what a figure shows by now: to the parts around its drawing, to those who listen, and aloud.

/** How long after the last change the summary is spoken, in milliseconds: a drag should not flood a screen reader. */
const QUIET = 700;

export class Announcer {
  /** Whether there is something to tell. */
  changed = true;
  #element;
  #show;
  #telling = 0;
  #speaking = 0;

  /** That of `element`, whose parts are shown its state by `show`. */
  constructor(element, show) {
    this.#element = element;
    this.#show = show;
  }

  /** Tells it once what is under way is done, unless it is about to. */
  soon() {
    this.#telling ||= setTimeout(() => this.now());
  }

  /** Tells it for the first time, with that the figure is ready: all of that takes so long that the reader's next touch would wait. */
  first() {
    this.cancel();
    this.#telling = setTimeout(() => {
      this.now();
      this.#element.toggleAttribute("ready", true);
    });
  }

  /** Does not tell what it was about to. */
  cancel() {
    clearTimeout(this.#telling);
    this.#telling = 0;
  }

  /** Says nothing more. */
  rest() {
    clearTimeout(this.#speaking);
  }

  /** Tells it. */
  now() {
    this.changed = false;
    this.#telling = 0;
    const element = this.#element;
    const state = element.figure.state();
    this.#show(state);
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => {
      const summary = element.shadowRoot.querySelector("[data-summary]");
      if (summary) {
        summary.textContent = state.summary;
      }
    }, state.task?.hidden ? 0 : QUIET);
    const detail = element.snapshot(state);
    element.dispatchEvent(new CustomEvent("change", { bubbles: true, composed: true, detail }));
  }
}
