// The task of a figure, in a strip under its drawing: what is hidden (`veil`), what is to be guessed (`guess`), and what is
// to be reached (`goal`).
import { make } from "../shared/make.js";
import { wordsOf } from "../shared/words.js";

/** The attributes that set the task. TASKS also has `ask`, the author's own question. */
const SETTING = ["veil", "guess", "goal"];
export const TASKS = [...SETTING, "ask"];

/** Gives `figure` the task in the attributes of `element`. Returns a sentence for each part that cannot be read. */
export function readTask(element, figure) {
  return figure.ask(...SETTING.map((name) => element.getAttribute(name) ?? ""));
}

function show(element, text) {
  element.hidden = !text;
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export class Task {
  #element;
  #root;
  #strip;
  #parts;
  #solved = false;
  #words;

  constructor(element, root) {
    this.#element = element;
    this.#words = wordsOf(element);
    this.#root = root;
  }

  /** Shows the state of the task in a strip, which is created when it is first needed. */
  show({ task }) {
    if (!task) {
      this.#strip?.remove();
      [this.#strip, this.#solved] = [undefined, false];
      return;
    }
    this.#strip ??= this.#make();
    const { asked, prompt, box, slider, infinite, answer, act, hidden, goal } = this.#parts;
    const { guess, revealed } = task;
    if (task.hidden) {
      // Posters are removed, because they were drawn before anything was hidden.
      this.#root.querySelectorAll(".poster:not(.printed)").forEach((poster) => poster.remove());
    }
    const open = guess && !revealed;
    show(asked, this.#element.getAttribute("ask") ?? "");
    show(prompt, open ? guess.prompt : "");
    show(answer, guess?.answer ?? "");
    show(hidden, guess ? "" : (task.hidden ?? ""));
    box.hidden = !open;
    slider.hidden = !open || !guess.slider;
    infinite.hidden = !open || !guess.infinite;
    if (open) {
      if (box !== this.#root.activeElement) {
        box.value = guess.value;
      }
      [slider.value, slider.max] = guess.slider ? [0, guess.slider[1]] : [0, 0];
      slider.value = guess.slider?.[0] ?? 0;
      const [least, most] = guess.range;
      [slider.ariaValueMin, slider.ariaValueNow, slider.ariaValueMax, slider.ariaValueText] = [least, Math.min(guess.guess, most), most, guess.value];
      infinite.ariaPressed = String(guess.value === "∞");
    }
    const again = guess ? "guess.again" : "veil.again";
    show(act, guess || task.hidden || revealed ? this.#words(revealed ? again : guess ? "guess.commit" : "veil.reveal") : "");
    act.classList.toggle("play", !revealed);
    this.#showGoal(goal, task);
  }

  #showGoal(list, { goal, solved }) {
    while (list.children.length > goal.length) {
      list.lastChild.remove();
    }
    goal.forEach(({ text, now, holds }, index) => {
      const row = list.children[index] ?? list.appendChild(make("li", {}, make("i", { ariaHidden: "true" }), make("b"), make("span"), make("em", { className: "aside" })));
      const [sign, condition, value, said] = row.children;
      row.className = holds ? "holds" : "";
      sign.textContent = holds ? "✓" : "";
      condition.textContent = text;
      value.textContent = now;
      said.textContent = this.#words(holds ? "goal.holds" : "goal.open");
    });
    list.hidden = !goal.length;
    list.classList.toggle("solved", solved);
    if (solved && !this.#solved) {
      this.#solved = true;
      this.#say(this.#words("goal.solved"));
      const { name, values, readouts } = this.#element.snapshot();
      this.#tell("solved", { name, values, readouts });
    }
  }

  /** Removes the strip. It is created again when it is next shown. */
  forget() {
    this.#strip?.remove();
    this.#strip = undefined;
  }

  #say(text) {
    this.#parts.said.textContent = text;
  }

  #tell(kind, detail) {
    this.#element.dispatchEvent(new CustomEvent(kind, { bubbles: true, composed: true, detail }));
  }

  /** Reveals what is hidden. Returns whether anything was. */
  reveal() {
    const element = this.#element;
    if (!element.figure.reveal()) {
      return false;
    }
    const { guess } = element.figure.state().task;
    if (guess?.plays) {
      // The end of the steps shows the answer.
      element.figure.rewind();
      element.play();
    }
    element.invalidate();
    this.#update();
    this.#say(guess?.answer ?? element.summary);
    this.#tell("reveal", guess ? { guess: guess.guess, truth: guess.truth, difference: guess.difference, right: guess.right } : {});
    return true;
  }

  /** Hides everything again. */
  veilAgain() {
    this.#element.figure.veilAgain();
    this.#element.invalidate();
    this.#update();
    this.#say("");
  }

  /** Shows the task at once, because there may be no frame to paint. */
  #update() {
    this.show(this.#element.figure.state());
  }

  #make() {
    const element = this.#element;
    const changed = () => {
      element.complain([]);
      element.invalidate();
    };
    // The author's own question.
    const asked = make("p", { className: "asked" });
    const prompt = make("p");
    const slider = make("input", { type: "range", min: 0, ariaLabel: this.#words("guess.value") });
    slider.addEventListener("input", () => {
      element.figure.slideGuess(Number(slider.value));
      changed();
    });
    const box = make("input", { type: "text", inputMode: "decimal", autocomplete: "off", ariaLabel: this.#words("guess.value") });
    box.addEventListener("change", () => {
      changed();
      if (!element.figure.guess(box.value)) {
        element.complain([this.#words("problem.guess.value", { value: box.value })]);
      }
    });
    const infinite = make("button", { type: "button", textContent: this.#words("guess.infinite") });
    infinite.addEventListener("click", () => {
      element.figure.guess("∞");
      changed();
    });
    const act = make("button", { type: "button" });
    act.addEventListener("click", () => {
      if (!this.reveal()) {
        this.veilAgain();
      }
    });
    const [answer, hidden] = [make("p", { className: "answer" }), make("p")];
    const goal = make("ul");
    // The text for screen readers, which is set once for each event.
    const said = make("p", { className: "aside", role: "status" });
    this.#parts = { asked, prompt, box, slider, infinite, answer, act, hidden, goal, said };
    const strip = make("div", { className: "task" }, asked, prompt, answer, hidden, slider, box, infinite, act, goal, said);
    this.#root.querySelector(".stage").after(strip);
    return strip;
  }
}
