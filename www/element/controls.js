// The buttons, sliders and boxes of a figure, in both directions.
import { html } from "../shared/html.js";
import { makeTabStop, moveInToolbar } from "../shared/keys.js";
import { away } from "./away.js";
import { isLocked } from "./parts.js";

export class Controls {
  #element;
  #root;

  constructor(element, root) {
    this.#element = element;
    this.#root = root;
    root.addEventListener("input", (event) => this.#input(event.target));
    root.addEventListener("change", (event) => this.#change(event.target));
    root.addEventListener("click", (event) => this.#click(event.target.closest("button, summary")));
    root.addEventListener("keydown", moveInToolbar);
    root.addEventListener("focusin", (event) => makeTabStop(event.target));
  }

  #input(target) {
    if (target.dataset.slide) {
      this.#element.complain([]);
      this.#element.figure.slide(target.dataset.slide, Number(target.value));
      this.#element.invalidate();
    }
  }

  #change(target) {
    if (target.dataset.set) {
      this.#set(target.dataset.set, target.value);
    }
  }

  #set(key, value) {
    if (isLocked(this.#element, key)) {
      return;
    }
    const problem = this.#element.figure.set(key, value);
    this.#element.complain(problem ? [problem] : []);
    this.#element.invalidate();
  }

  #click(target) {
    if (!target) {
      return;
    }
    const { figure } = this.#element;
    const { preset, save: kind, set, value } = target.dataset;
    if (preset) {
      figure.preset(preset);
    } else if ("reset" in target.dataset) {
      figure.reset();
    } else if (set) {
      this.#set(set, value ?? "");
      return;
    } else if (kind) {
      this.#take(({ save }) => save(this.#element, kind));
      target.closest("details").open = false;
      return;
    } else if (target.dataset.sound) {
      this.#element.hear(target.dataset.sound);
      return;
    } else if ("skip" in target.dataset) {
      this.#skip();
      return;
    } else if ("embed" in target.dataset) {
      this.#take(({ openEmbed }) => openEmbed(this.#element, this.#root));
      return;
    } else {
      return;
    }
    this.#element.complain([]);
    this.#element.invalidate();
  }

  /** Calls `take` with the functions for taking the figure away, unless it becomes another one until they are there. */
  async #take(take) {
    const element = this.#element;
    const { figure } = element;
    try {
      const functions = await away(element);
      if (figure === element.figure) {
        await take(functions);
      }
    } catch ({ message }) {
      element.complain([message]);
    }
  }

  /**
   * Moves the focus past the figure. Chromium moves Tab on only from an element that Tab can reach, so that the end of the
   * figure becomes one while it has the focus.
   */
  #skip() {
    const end = this.#root.querySelector("[data-end]");
    end.tabIndex = 0;
    end.addEventListener("blur", () => (end.tabIndex = -1), { once: true });
    end.focus();
  }

  /** Shows the figure's state in all controls, except in a box in which the reader is typing. */
  show({ controls, preset }) {
    const active = this.#root.activeElement;
    const show = (key, value) => {
      for (const box of this.#root.querySelectorAll(`[data-set="${key}"]`)) {
        if (box.type !== "button" && (box !== active || box.tagName === "SELECT") && box.value !== value) {
          box.value = value;
        }
      }
    };
    for (const { key, value, position, count } of controls) {
      show(key, value);
      const slider = this.#root.querySelector(`[data-slide="${key}"]`);
      if (slider) {
        slider.value = position;
        // The slider counts its steps, which tell nobody anything.
        const { least, most } = this.#element.parameters.find((parameter) => parameter.key === key);
        [slider.ariaValueMin, slider.ariaValueNow, slider.ariaValueMax, slider.ariaValueText] = [least, value, most, value];
      }
      this.#showRows(key, count, show);
    }
    for (const chip of this.#root.querySelectorAll("[data-preset]")) {
      const pressed = chip.dataset.preset === preset;
      chip.setAttribute("aria-pressed", String(pressed));
      if (pressed && !chip.parentElement.contains(active)) {
        makeTabStop(chip);
      }
    }
  }

  /** Shows the rows of the `count` components or outcomes of the parameter `key`. */
  #showRows(key, count, show) {
    const rows = this.#root.querySelector(`[data-rows="${key}"]`);
    if (!rows) {
      return;
    }
    const { figure } = this.#element;
    if (rows.children.length !== count) {
      const { set } = (rows.contains(this.#root.activeElement) && this.#root.activeElement.dataset) || {};
      rows.innerHTML = html(figure.rows(key));
      if (set) {
        // The focus goes to the new version of the element that had it, or to the last one if it is gone.
        const all = rows.querySelectorAll("input, button");
        (rows.querySelector(`[data-set="${set}"]`) ?? all[all.length - 1])?.focus();
      }
    }
    for (const { dataset } of rows.querySelectorAll("input")) {
      show(dataset.set, figure.get(dataset.set));
    }
    for (const lock of rows.querySelectorAll(".lock")) {
      const locked = figure.get(lock.dataset.set);
      lock.setAttribute("aria-pressed", locked);
      lock.parentElement.querySelector("input").readOnly = locked === "true";
    }
  }
}
