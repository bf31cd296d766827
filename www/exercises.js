// Exercises under a chapter: each sets its figure and its task, and the mathematics tells whether the answer is right.

/** Fills `box`, a details element, with the exercises in `screens`. */
export function fillExercises(kit, box, screens) {
  const list = document.createElement("ol");
  list.append(...screens.map((screen) => new Exercise(kit, screen).row));
  box.append(list);
}

/** The exercise that each figure is set up for. */
const current = new WeakMap();

class Exercise {
  #kit;
  #screen;
  #done = false;
  #listening;
  row = document.createElement("li");

  constructor(kit, screen) {
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
  }

  get #question() {
    return this.#screen.caption.join(" ");
  }

  get #figure() {
    return document.getElementById(this.#screen.figure);
  }

  /** Says how it goes, and what the button does next. */
  #say(key) {
    const { words } = this.#kit;
    this.row.querySelector(".state").textContent = key && words(`exercise.${key}`);
    this.row.querySelector("button").textContent = words(this.#listening ? "exercise.stop" : "exercise.begin");
  }

  /** Sets the figure up for the question. */
  async #begin() {
    const figure = await this.#take();
    await this.#kit.pose(figure, { ...this.#screen, ask: this.#question }, this.#screen.values);
    const { signal } = (this.#listening = new AbortController());
    figure.addEventListener("solved", () => this.#finish(true), { signal });
    figure.addEventListener("reveal", ({ detail }) => this.#finish(detail.right), { signal });
    this.#say(this.#done ? "right" : "open");
  }

  /** Shows a state that answers it. */
  async #show() {
    const { goal, solution, values } = this.#screen;
    const figure = await this.#take();
    await this.#kit.pose(figure, goal && { goal, ask: this.#question }, goal ? solution : values);
    if (!goal) {
      await figure.play();
    }
  }

  /** Has the figure for itself. */
  async #take() {
    const figure = this.#figure;
    current.get(figure)?.stop();
    current.set(figure, this);
    figure.scrollIntoView({ block: "center" });
    await figure.ready();
    return figure;
  }

  /** Leaves the figure as it is, without a task. */
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
