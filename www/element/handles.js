// The handles: rings over the drawing, for pointer, touch and keyboard. Who can't drag takes a handle by a click or tap, and
// puts it down by another.
import { isShortcut } from "../shared/keys.js";
import { make } from "../shared/make.js";
import { wordsOf } from "../shared/words.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** The number of steps for an arrow key while Shift is held. */
const FAST = 5;

/** How far a pointer may move in a click, in pixels. */
const SLACK = 4;

/** How near to the taken handle a click on it is, in pixels. */
const ON_ITSELF = 12;

const distance = ([x, y], [left, top]) => Math.hypot(x - left, y - top);

export class Handles {
  #element;
  #layer;
  #rings = [];
  #places = [];
  #held = -1;
  #pointer = null;
  /** The handle that has been taken by a click, and what is said of it. */
  #taken = -1;
  #hint = make("p", { className: "hint", role: "status" });
  /** Where the pointer was pressed, and whether it has moved since then. */
  #pressed = [0, 0];
  #moved = false;

  constructor(element, layer) {
    this.#element = element;
    this.#layer = layer;
    layer.after(this.#hint);
    const stage = layer.parentElement;
    stage.addEventListener("pointerdown", (event) => ([this.#pressed, this.#moved] = [this.#at(event), false]));
    stage.addEventListener("pointermove", (event) => {
      this.#moved ||= event.buttons > 0 && distance(this.#pressed, this.#at(event)) > SLACK;
      // A drag leaves what a click had taken.
      if (this.#moved && this.#held >= 0) {
        this.#take(-1);
      }
    });
    stage.addEventListener("click", (event) => this.#moved || this.#click(event));
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
    this.#places = views.map(({ x, y }) => [x, y]);
    if (views[this.#taken]?.fixed ?? true) {
      this.#take(-1);
    }
    views.forEach(({ x, y, room, ink, minor, twin, horizontal, vertical, fixed, name, value, range }, index) => {
      const ring = this.#rings[index];
      ring.style.transform = `translate(${x}px, ${y}px)`;
      ring.style.setProperty("--ring", `var(--${ink})`);
      ring.className = `handle${minor ? " minor" : ""}${horizontal ? " horizontal" : ""}${vertical ? " vertical" : ""}${index === this.#taken ? " taken" : ""}`;
      ring.hidden = fixed;
      ring.tabIndex = twin ? -1 : 0;
      ring.setAttribute("aria-label", name);
      [ring.ariaValueMin, ring.ariaValueNow, ring.ariaValueMax] = range;
      ring.ariaValueText = value;
      const sides = { west: room.x[0], east: room.x[1], north: room.y[0], south: room.y[1] };
      Object.entries(sides).forEach(([side, reach]) => ring.style.setProperty(`--${side}`, `${reach}px`));
    });
  }

  #ring(index) {
    const ring = document.createElement("div");
    // No role fits a point that moves in two directions. Assistive technology can operate a slider.
    ring.setAttribute("role", "slider");
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
      } else if (event.key === "Escape" && this.#taken >= 0) {
        this.#take(-1);
        event.preventDefault();
        event.stopPropagation();
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

  /** Takes a handle, or puts the taken one where the click is; on itself it is left where it was. */
  #click(event) {
    const at = this.#at(event);
    const index = this.#rings.indexOf(event.target);
    if (this.#taken < 0) {
      this.#take(index);
      return;
    }
    const [taken, place] = [this.#taken, this.#places[this.#taken]];
    this.#take(-1);
    if (index !== taken || distance(at, place) > ON_ITSELF) {
      const { figure, drawnWidth } = this.#element;
      figure.grab(taken, ...place, drawnWidth);
      figure.drag(...at, drawnWidth);
      figure.release();
      this.#element.complain([]);
      this.#element.invalidate();
    }
  }

  /** Takes the handle `index`, or none if it is -1, and says so. */
  #take(index) {
    if (index !== this.#taken) {
      this.#rings[this.#taken]?.classList.remove("taken");
      this.#taken = index;
      const ring = this.#rings[index];
      ring?.classList.add("taken");
      this.#hint.textContent = ring ? wordsOf(this.#element)("handle.taken", { name: ring.ariaLabel }) : "";
    }
  }

  /** Leaves the taken handle when the reader turns to something beside the drawing. */
  turn(event) {
    if (!event.composedPath().includes(this.#layer.parentElement)) {
      this.#take(-1);
    }
  }
}
