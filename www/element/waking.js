// Bringing a figure to life, and what keeps it from living.
import { engine, giveUp, trouble } from "../shared/engine.js";
import { nextTurn } from "../shared/turn.js";
import { complain, rootOf } from "./root.js";

/** How long a figure may take to arrive until the reader is told, in milliseconds. */
const PATIENCE = 15_000;

/** What a figure needs and did not get: its engine or its words. */
class Missing extends Error {}

/** Those that wait for what did not arrive. */
const stranded = new Set();

export class Waking {
  #element;
  #live;
  #coming;
  /** Counts the figures that the element was to become: what comes too late for one is not the next one's. */
  #turn = 0;

  /** The waking of `element`, which calls `live` with the exports of the engine, the figure in it, and its language. */
  constructor(element, live) {
    this.#element = element;
    this.#live = live;
  }

  /** Whether it has started. */
  get begun() {
    return this.#coming !== undefined;
  }

  /** Starts, unless it has started. */
  start() {
    if (!this.#coming) {
      const turn = ++this.#turn;
      const element = this.#element;
      const late = setTimeout(() => turn === this.#turn && this.#troubled("slow"), PATIENCE);
      this.#coming = this.#bring(turn).finally(() => clearTimeout(late));
      // An error is shown in the figure's place. Callers of `ready` get it too.
      this.#coming.then(
        () => turn === this.#turn && element.dispatchEvent(new CustomEvent("ready")),
        (error) => turn === this.#turn && this.#failed(error),
      );
    }
    return this.#coming;
  }

  /** Resolves once the figure is running; rejects if it cannot run. */
  async ready() {
    let turn;
    do {
      const coming = this.start();
      turn = this.#turn;
      // It may become another one in the meantime, which is waited for then.
      await coming.catch((error) => turn === this.#turn && Promise.reject(error));
    } while (turn !== this.#turn);
  }

  /** Forgets the figure that the element was to become. */
  forget() {
    this.#turn++;
    this.#coming = undefined;
  }

  async #bring(turn) {
    const { language, name } = this.#element;
    const exports = await engine(language, name).catch((cause) => {
      throw new Missing(trouble("missing", language), { cause });
    });
    const figure = new exports.WebFigure(name, language);
    await nextTurn();
    if (turn === this.#turn) {
      this.#settle();
      this.#live(exports, figure, language);
    }
  }

  #failed(error) {
    const message = error.message ?? String(error);
    if (error instanceof Missing) {
      this.#troubled("missing");
    } else {
      this.#element.complain([message]);
    }
    this.#element.dispatchEvent(new ErrorEvent("error", { message, error }));
  }

  /** Tells what keeps the figure from living, and lets the reader try again. */
  #troubled(key) {
    const element = this.#element;
    stranded.add(this);
    element.toggleAttribute("trouble", true);
    complain(rootOf(element), [trouble(key, element.language)], [trouble("again", element.language), () => Waking.#tryAgain()]);
  }

  /** Takes away what was told of trouble. */
  #settle() {
    stranded.delete(this);
    this.#element.toggleAttribute("trouble", false);
  }

  /** Starts all once more that wait. */
  static #tryAgain() {
    const all = [...stranded];
    // Before the first starts: they may share an engine, which is loaded once.
    all.forEach((waking) => giveUp(waking.#element.name));
    all.forEach((waking) => waking.#restart());
  }

  #restart() {
    this.#settle();
    this.#coming = undefined;
    this.#element.complain([]);
    if (this.#element.isConnected) {
      this.start();
    }
  }
}
