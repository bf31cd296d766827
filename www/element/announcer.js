// Announces changes of a figure: to the elements around its drawing, to listeners, and to screen readers.

/** The time from the last change until the summary is spoken, in milliseconds. A drag must not flood a screen reader. */
const QUIET = 700;

export class Announcer {
  /** Whether there is a change to announce. */
  changed = true;
  #element;
  #show;
  #telling = 0;
  #speaking = 0;

  /** Announces changes of `element`. `show` updates the elements around the drawing from the state. */
  constructor(element, show) {
    this.#element = element;
    this.#show = show;
  }

  /** Announces the change in a task of its own, unless one is already scheduled. */
  schedule() {
    this.#telling ||= setTimeout(() => this.announce());
  }

  /**
   * Makes the first announcement and marks the figure as ready. It takes long, and in a task of its own it does not delay
   * the reader's next input.
   */
  scheduleFirst() {
    this.cancel();
    this.#telling = setTimeout(() => {
      this.announce();
      this.#element.toggleAttribute("ready", true);
    });
  }

  /** Cancels a scheduled announcement. */
  cancel() {
    clearTimeout(this.#telling);
    this.#telling = 0;
  }

  /** Cancels the summary that is about to be spoken. */
  cancelSummary() {
    clearTimeout(this.#speaking);
  }

  /** Announces the change now. */
  announce() {
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
