// Parameters as attributes of the element, both ways: `rate="0.1"` sets the figure, and what the reader does is written back.
import { TASKS } from "./task.js";

/** Attributes that the element has for other ends. */
const OTHERS = ["name", "theme", "hide", "lock", ...TASKS, "address", "wall", "ready", "class", "part", "is", "exportparts"];

/** Sets `figure` as the attributes of `element` say; returns a sentence for each that can't be used. */
export function readAttributes(element, figure, parameters) {
  const problems = [...element.attributes].map(({ name, value }) => {
    // A word that means nothing to any element is a slip of the pen; what has a hyphen or a colon is a tool's.
    const odd = /^[a-z]+$/.test(name) && !OTHERS.includes(name) && !(name in element);
    return odd || parameters.some(({ key }) => key === name) ? figure.set(name, value) : undefined;
  });
  return problems.filter(Boolean);
}

export class Attributes {
  #element;
  #observer;

  constructor(element) {
    this.#element = element;
  }

  /** Follows the attributes from now on. */
  observe() {
    this.#observer ??= new MutationObserver((records) => this.#follow(records));
    this.#observer.observe(this.#element, { attributes: true });
  }

  /** Follows them no more. */
  rest() {
    this.#observer?.disconnect();
  }

  /** Sets the new figure as its attributes and properties say, which is where Reset leads; returns what can't be used. */
  read() {
    const element = this.#element;
    const { figure, parameters } = element;
    const problems = readAttributes(element, figure, parameters);
    for (const { key } of parameters) {
      if (Object.hasOwn(element, key)) {
        // Set before the element was defined, or by the figure that it was before.
        const { value } = Object.getOwnPropertyDescriptor(element, key);
        delete element[key];
        problems.push(value === undefined ? undefined : figure.set(key, String(value)));
      }
      if (!(key in element)) {
        Object.defineProperty(element, key, {
          get: () => element.figure?.get(key),
          set: (value) => element.set({ [key]: value }),
          configurable: true,
          enumerable: true,
        });
      }
    }
    figure.settle();
    return problems.filter(Boolean);
  }

  #follow(records) {
    const element = this.#element;
    const { figure, parameters } = element;
    const keys = new Set(records.map(({ attributeName }) => attributeName));
    for (const { key } of parameters.filter(({ key }) => keys.has(key))) {
      const value = element.getAttribute(key);
      if (value !== null && value !== figure.get(key)) {
        const problem = figure.set(key, value);
        element.complain(problem ? [problem] : []);
        element.invalidate();
      }
    }
  }

  /** Takes away what stands in the attributes about a figure that is about to go. */
  forget() {
    const element = this.#element;
    for (const { key } of element.parameters) {
      if (element.getAttribute(key) === element.figure.get(key)) {
        element.removeAttribute(key);
      }
      delete element[key];
    }
  }

  /** Writes what differs from the defaults into the attributes, and what has one already. */
  write(controls, changed) {
    const element = this.#element;
    const differs = new Set(changed.map(([key]) => key));
    for (const { key, value } of controls) {
      const now = element.getAttribute(key);
      if (now !== value && (now !== null || differs.has(key))) {
        element.setAttribute(key, value);
      }
    }
  }
}
