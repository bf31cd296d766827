// Parameters as attributes of the element. `rate="0.1"` sets the figure, and what the reader changes is written back.
import { TASKS } from "./task.js";

/** Attributes that the element has for other ends. */
const OTHERS = ["name", "theme", "hide", "lock", ...TASKS, "address", "wall", "ready", "trouble", "class", "part", "is", "exportparts"];

/** Sets `figure` from the attributes of `element`. Returns a sentence for each that cannot be used. */
export function readAttributes(element, figure, parameters) {
  const problems = [...element.attributes].map(({ name, value }) => {
    // A plain word that no element has as a property is a misspelt parameter. A name with a hyphen or a colon belongs to a
    // tool.
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

  /** Starts following changes of the attributes. */
  observe() {
    this.#observer ??= new MutationObserver((records) => this.#follow(records));
    this.#observer.observe(this.#element, { attributes: true });
  }

  /** Stops following changes of the attributes. */
  stop() {
    this.#observer?.disconnect();
  }

  /**
   * Sets the new figure from attributes and properties, and makes this the state that Reset returns to. Returns a sentence
   * for each value that cannot be used.
   */
  read() {
    const element = this.#element;
    const { figure, parameters } = element;
    const problems = readAttributes(element, figure, parameters);
    for (const { key } of parameters) {
      if (Object.hasOwn(element, key)) {
        // The property was set before the element was defined, or belonged to the figure shown before.
        const { value } = Object.getOwnPropertyDescriptor(element, key);
        delete element[key];
        problems.push(value === undefined ? undefined : figure.set(key, String(value)));
      }
      if (!(key in element)) {
        Object.defineProperty(element, key, {
          get: () => element.figure?.get(key),
          set: (value) => (element.values = { [key]: value }),
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

  /** Removes the attributes and properties of a figure that is about to be replaced. */
  forget() {
    const element = this.#element;
    for (const { key } of element.parameters) {
      if (element.getAttribute(key) === element.figure.get(key)) {
        element.removeAttribute(key);
      }
      delete element[key];
    }
  }

  /** Writes the parameters that differ from the start, and those that already have an attribute, into attributes. */
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
