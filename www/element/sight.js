// Whether the reader can see a figure: it is near the window, and nothing hides it.

/** How near the window it is drawn already, and how far away its drawing is given up. */
const [NEAR, FAR] = ["300px", "150%"];

/** How long until it looks again whether what hides it is gone, in milliseconds: no event tells. */
const PEEK = 250;

export class Sight {
  /** Whether the reader can see it, as far as is known. */
  visible = false;
  #element;
  #changed;
  #gone;
  #observers = [];
  #near = false;
  #peeking = 0;

  /** That of `element`: `changed` is called when it may have come into sight or gone out of it, `gone` when it is far away. */
  constructor(element, changed, gone) {
    this.#element = element;
    this.#changed = changed;
    this.#gone = gone;
  }

  /** Looks from now on. */
  observe() {
    const near = (isNear) => {
      this.#near = isNear;
      this.look();
    };
    const far = (isThere) => isThere || this.#gone();
    this.#observers = [[near, NEAR], [far, FAR]].map(([tell, rootMargin]) => {
      // A busy page hears of coming and going at once: what counts is the last.
      const observer = new IntersectionObserver((entries) => tell(entries.at(-1).isIntersecting), { rootMargin });
      observer.observe(this.#element);
      return observer;
    });
  }

  /** Looks no more. */
  rest() {
    this.#observers.forEach((observer) => observer.disconnect());
    clearTimeout(this.#peeking);
  }

  /** Looks whether it can be seen, and again in a while if it is only hidden. */
  look() {
    clearTimeout(this.#peeking);
    this.visible = this.#near && this.isShown();
    this.#peeking = this.#near && !this.visible && setTimeout(() => this.look(), PEEK);
    this.#changed();
  }

  /** Whether nothing hides it: slides that are not shown may lie, transparent, where the one is that is. */
  isShown() {
    return this.#element.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true;
  }
}
