// The exercises of a chapter. Each sets its figure and a task, and the figure decides whether the answer is right.

/** The exercises of each chapter, by its slug. */
const chapters = new Map();

/**
 * Fills `box`, a details element, with the exercises in `screens`. If it had them in another language, their state is kept.
 */
export function fillExercises(kit, box, screens) {
  const before = chapters.get(box.dataset.exercises);
  const exercises = screens.map((screen, index) => new Exercise(kit, screen, before?.[index]));
  chapters.set(box.dataset.exercises, exercises);
  box.append(kit.make("ol", {}, ...exercises.map(({ row }) => row)));
}

/** The exercise that each figure is set up for. */
const current = new WeakMap();

class Exercise {
  #kit;
  #screen;
  #done = false;
  #listening;
  #said = "";
  row = document.createElement("li");

  constructor(kit, screen, before) {
    this.#kit = kit;
    this.#screen = screen;
    const { make, words } = kit;
    const button = (what, act) => make("button", { type: "button", textContent: words(`exercise.${what}`), onclick: act });
    const fold = (what, ...inside) => make("details", {}, make("summary", { textContent: words(`exercise.${what}`) }), ...inside);
    this.row.append(
      make("p", { textContent: this.#question }),
      make(
        "div",
        { className: "doing" },
        button("begin", () => (this.#listening ? this.stop() : this.#begin())),
        fold("hint", make("p", { textContent: screen.hint })),
        fold("answer", make("p", { textContent: screen.why }), button("show", () => this.#show())),
        make("span", { className: "state", role: "status" }),
      ),
    );
    if (before) {
      this.#takeOver(before);
    }
  }

  /** Takes over the state of the same exercise in another language. */
  #takeOver(before) {
    this.#done = before.#done;
    this.row.className = before.row.className;
    if (before.#listening) {
      before.#listening.abort();
      this.#figure.setAttribute("ask", this.#question);
      current.set(this.#figure, this);
      this.#listen();
    }
    this.#say(before.#said);
  }

  get #question() {
    return this.#screen.caption.join(" ");
  }

  get #figure() {
    return document.getElementById(this.#screen.figure);
  }

  /** Shows the state of the exercise and the next action of the button. */
  #say(key) {
    const { words } = this.#kit;
    this.#said = key;
    this.row.querySelector(".state").textContent = key && words(`exercise.${key}`);
    this.row.querySelector("button").textContent = words(this.#listening ? "exercise.stop" : "exercise.begin");
  }

  /** Sets the figure up for the question. */
  async #begin() {
    const figure = await this.#takeFigure();
    await this.#kit.pose(figure, { ...this.#screen, ask: this.#question }, this.#screen.values);
    this.#listen();
    this.#say(this.#done ? "right" : "open");
  }

  /** Starts listening for the answer. */
  #listen() {
    const { signal } = (this.#listening = new AbortController());
    const figure = this.#figure;
    figure.addEventListener("solved", () => this.#finish(true), { signal });
    figure.addEventListener("reveal", ({ detail }) => this.#finish(detail.right), { signal });
  }

  /** Shows a state that solves the exercise. */
  async #show() {
    const { goal, solution, values } = this.#screen;
    const figure = await this.#takeFigure();
    await this.#kit.pose(figure, goal && { goal, ask: this.#question }, goal ? solution : values);
    if (!goal) {
      await figure.play();
    }
  }

  /** Takes the figure from any other exercise. */
  async #takeFigure() {
    const figure = this.#figure;
    current.get(figure)?.stop();
    current.set(figure, this);
    figure.scrollIntoView({ block: "center" });
    await figure.ready();
    return figure;
  }

  /** Ends the exercise. The figure keeps its state and loses the task. */
  stop() {
    if (this.#listening) {
      this.#listening.abort();
      this.#listening = undefined;
      this.#kit.setTask(this.#figure);
      this.#say(this.#done ? "right" : "");
    }
  }

  #finish(right) {
    this.#done ||= right;
    this.row.classList.toggle("done", this.#done);
    this.#say(this.#done ? "right" : "wrong");
  }
}
