// Whether the reader can see a figure: it is near the window and nothing hides it.

/** The distance from the window within which a figure is drawn, and the one beyond which its drawing is released. */
const [NEAR, FAR] = ["300px", "150%"];

/** The interval in which a hidden figure is checked again, in milliseconds. No event tells when it appears. */
const RECHECK = 250;

export class Sight {
  /** Whether the reader can see the figure, as far as is known. */
  visible = false;
  #element;
  #changed;
  #gone;
  #observers = [];
  #near = false;
  #rechecking = 0;

  /**
   * Watches `element`. Calls `changed` when it may have come into sight or gone out of it, and `gone` when it is far away.
   */
  constructor(element, changed, gone) {
    this.#element = element;
    this.#changed = changed;
    this.#gone = gone;
  }

  /** Starts watching. */
  observe() {
    const near = (isNear) => {
      this.#near = isNear;
      this.look();
    };
    const far = (isThere) => isThere || this.#gone();
    this.#observers = [[near, NEAR], [far, FAR]].map(([tell, rootMargin]) => {
      // On a busy page several entries arrive at once. The last one counts.
      const observer = new IntersectionObserver((entries) => tell(entries.at(-1).isIntersecting), { rootMargin });
      observer.observe(this.#element);
      return observer;
    });
  }

  /** Stops watching. */
  stop() {
    this.#observers.forEach((observer) => observer.disconnect());
    clearTimeout(this.#rechecking);
  }

  /** Checks whether the figure can be seen. If it is near but hidden, checks again later. */
  look() {
    clearTimeout(this.#rechecking);
    this.visible = this.#near && this.isShown();
    this.#rechecking = this.#near && !this.visible && setTimeout(() => this.look(), RECHECK);
    this.#changed();
  }

  /** Whether the element is in the window now. The observers report this too, but only after the frame has been shown. */
  isInWindow() {
    const { top, bottom } = this.#element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  }

  /** Whether nothing hides the figure. Hidden slides may be transparent and lie at the place of the one that is shown. */
  isShown() {
    return this.#element.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true;
  }
}
