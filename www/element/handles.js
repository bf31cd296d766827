// The handles: rings over the drawing, for pointer, touch and keyboard.
import { isShortcut } from "../shared/keys.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** The number of steps for an arrow key while Shift is held. */
const FAST = 5;

export class Handles {
  #element;
  #layer;
  #rings = [];
  #held = -1;
  #pointer = null;

  constructor(element, layer) {
    this.#element = element;
    this.#layer = layer;
  }

  /** Moves the grabbed handle to the latest position of the pointer. */
  apply(width) {
    if (this.#pointer) {
      this.#element.figure.drag(...this.#pointer, width);
      this.#pointer = null;
    }
  }

  /** Updates the rings from `views`. */
  place(views) {
    while (this.#rings.length > views.length) {
      this.#rings.pop().remove();
    }
    while (this.#rings.length < views.length) {
      this.#rings.push(this.#layer.appendChild(this.#ring(this.#rings.length)));
    }
    views.forEach(({ x, y, room, ink, minor, twin, horizontal, vertical, fixed, name, value }, index) => {
      const ring = this.#rings[index];
      ring.style.transform = `translate(${x}px, ${y}px)`;
      ring.style.setProperty("--ring", `var(--${ink})`);
      ring.className = `handle${minor ? " minor" : ""}${horizontal ? " horizontal" : ""}${vertical ? " vertical" : ""}`;
      ring.hidden = fixed;
      ring.tabIndex = twin ? -1 : 0;
      ring.setAttribute("aria-label", name);
      ring.setAttribute("aria-valuetext", value);
      const sides = { west: room.x[0], east: room.x[1], north: room.y[0], south: room.y[1] };
      Object.entries(sides).forEach(([side, reach]) => ring.style.setProperty(`--${side}`, `${reach}px`));
    });
  }

  #ring(index) {
    const ring = document.createElement("div");
    // No role fits a point that moves in two directions. Assistive technology can operate a slider.
    ring.setAttribute("role", "slider");
    ring.setAttribute("aria-valuenow", "0");
    ring.addEventListener("pointerdown", (event) => this.#grab(event, index));
    ring.addEventListener("pointermove", (event) => {
      if (this.#held === index) {
        this.#pointer = this.#at(event);
        this.#element.invalidate();
      }
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      ring.addEventListener(end, () => this.#release(index));
    }
    ring.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (arrow && !isShortcut(event)) {
        const steps = event.shiftKey ? FAST : 1;
        this.#element.figure.nudge(index, steps * arrow[0], steps * arrow[1]);
        this.#element.invalidate();
        event.preventDefault();
      }
    });
    return ring;
  }

  #at(event) {
    const box = this.#layer.getBoundingClientRect();
    // Slides are scaled, so that their pixels are not those of the page.
    const scale = box.width / this.#layer.offsetWidth || 1;
    return [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
  }

  #grab(event, index) {
    if (event.button !== 0) {
      return;
    }
    this.#rings[index].setPointerCapture(event.pointerId);
    this.#held = index;
    this.#element.complain([]);
    this.#element.figure.grab(index, ...this.#at(event), this.#element.drawnWidth);
  }

  #release(index) {
    if (this.#held !== index) {
      return;
    }
    this.apply(this.#element.drawnWidth);
    this.#held = -1;
    this.#element.figure.release();
    this.#element.invalidate();
  }
}
