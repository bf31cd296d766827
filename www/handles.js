// What can be dragged: rings over the drawing, for pointer, touch and keyboard alike.
import { isShortcut } from "./keys.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** What a ring reaches at most, both ways: further apart, two are not in each other's way. */
const WIDEST = 44;
/** What it reaches at least. */
const NARROWEST = 4;

/** How many steps an arrow key moves a handle while Shift is held. */
const FAST = 5;

const SIDES = ["west", "north", "east", "south"];

/** How far ring `index` of `views` may reach to the sides where another is near: half the way, for each its own to be hit. */
function limitsOf(index, views) {
  const limits = {};
  const { x, y, fixed } = views[index];
  views.forEach((other, at) => {
    const [right, down] = [other.x - x, other.y - y];
    const apart = Math.max(Math.abs(right), Math.abs(down));
    if (at !== index && !fixed && !other.fixed && apart < WIDEST) {
      const side = Math.abs(right) >= Math.abs(down) ? (right < 0 ? "west" : "east") : down < 0 ? "north" : "south";
      limits[side] = Math.min(limits[side] ?? Infinity, Math.max(apart / 2, NARROWEST));
    }
  });
  return limits;
}

export class Handles {
  #element;
  #layer;
  #rings = [];
  #views = [];
  #held = -1;
  #pointer = null;

  constructor(element, layer) {
    this.#element = element;
    this.#layer = layer;
  }

  /** Moves the held handle to where the pointer is by now. */
  apply(width) {
    if (this.#pointer) {
      this.#element.figure.drag(...this.#pointer, width);
      this.#pointer = null;
    }
  }

  /** Puts a ring at each of `views`. */
  place(views) {
    this.#views = views;
    while (this.#rings.length > views.length) {
      this.#rings.pop().remove();
    }
    while (this.#rings.length < views.length) {
      this.#rings.push(this.#layer.appendChild(this.#ring(this.#rings.length)));
    }
    views.forEach(({ x, y, ink, minor, twin, horizontal, vertical, fixed, name, value }, index) => {
      const ring = this.#rings[index];
      ring.style.transform = `translate(${x}px, ${y}px)`;
      ring.style.setProperty("--ring", `var(--${ink})`);
      ring.className = `handle${minor ? " minor" : ""}${horizontal ? " horizontal" : ""}${vertical ? " vertical" : ""}`;
      ring.hidden = fixed;
      ring.tabIndex = twin ? -1 : 0;
      ring.setAttribute("aria-label", name);
      ring.setAttribute("aria-valuetext", value);
      const limits = limitsOf(index, views);
      SIDES.forEach((side) => {
        ring.style.setProperty(`--${side}`, side in limits ? `min(var(--reach), ${limits[side]}px)` : "");
      });
    });
  }

  #ring(index) {
    const ring = document.createElement("div");
    // A point that moves two ways has no exact role; a slider is what assistive technology can operate.
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
    // Slides are drawn larger or smaller than they are.
    const scale = box.width / this.#layer.offsetWidth || 1;
    return [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
  }

  #grab(event, index) {
    if (event.button !== 0) {
      return;
    }
    // Where rings are close, the one on top need not be the one that was meant.
    const nearest = this.#nearest(event) ?? index;
    this.#rings[nearest].setPointerCapture(event.pointerId);
    this.#held = nearest;
    this.#element.complain([]);
    this.#element.figure.grab(nearest, ...this.#at(event), this.#element.drawnWidth);
  }

  /** The index of the ring whose place is nearest to the pointer, among those under it. */
  #nearest(event) {
    const { clientX, clientY } = event;
    const [x, y] = this.#at(event);
    const far = this.#rings.map((ring, index) => {
      const { left, right, top, bottom } = ring.getBoundingClientRect();
      const under = !ring.hidden && clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
      return under ? Math.hypot(this.#views[index].x - x, this.#views[index].y - y) : Infinity;
    });
    const least = Math.min(...far);
    return least < Infinity ? far.indexOf(least) : undefined;
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
