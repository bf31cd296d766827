// For a page with frames: fits their heights, and reads and sets the figures in them. See docs/messages.md.
import { VERSION } from "./protocol.js";

/** The time limit for the answer of a frame, in milliseconds. */
const PATIENCE = 20_000;

/** The error with which a figure answers a request that it cannot follow. */
export class FigureError extends Error {
  constructor({ code, message }) {
    super(message);
    this.name = "FigureError";
    this.code = code;
  }
}

/** The heights that a frame may ask for, in CSS pixels. */
const HEIGHTS = [40, 10_000];

/** The frames with which scripts of this page talk. */
const known = new WeakSet();

/** The address of the explainer's figures, beside which this script is. */
const PLACE = new URL("figure", import.meta.url).href;

/**
 * Whether `frame` is one of a figure: it shows the `figure.html` beside this script, a script of this page talks with it, or its
 * author says so by the attribute `data-divergences`. Any other page in a frame, also one of that name, could ask for room.
 */
function isFigure(frame) {
  const [address] = frame.src.split(/[?#]/);
  return "divergences" in frame.dataset || known.has(frame) || address === PLACE || address === `${PLACE}.html`;
}

/** Gives every frame of a figure on this page the height that its figure says it has, now and later. */
export function fitFrames() {
  addEventListener("message", ({ data, source }) => {
    const [least, most] = HEIGHTS;
    if (data?.divergences === VERSION && data.type === "height" && data.height >= least && data.height <= most) {
      const frame = [...document.querySelectorAll("iframe")].find((one) => one.contentWindow === source && isFigure(one));
      if (frame) {
        frame.style.height = `${Number(data.height)}px`;
      }
    }
  });
}

/** The figure in `frame`, an iframe. */
export class FramedFigure {
  #frame;
  #waiting = new Map();
  #listeners = new Set();
  #next = 1;
  #ready;
  #hear = (event) => this.#take(event);

  constructor(frame) {
    this.#frame = frame;
    known.add(frame);
    addEventListener("message", this.#hear);
    this.#ready = this.#ask("get");
    // A frame receives nothing until it has loaded. It reports when it is ready.
    this.#ready.catch(() => {});
  }

  #take({ source, data }) {
    if (source !== this.#frame.contentWindow || data?.divergences !== VERSION) {
      return;
    }
    if (data.type === "ready") {
      this.#waiting.forEach(({ message }) => this.#send(message));
      return;
    }
    if (data.type === "change") {
      this.#listeners.forEach((listener) => listener(data));
      return;
    }
    const waiting = this.#waiting.get(data.id);
    if (waiting) {
      clearTimeout(waiting.timer);
      this.#waiting.delete(data.id);
      if (data.type === "error") {
        waiting.reject(new FigureError(data));
      } else {
        waiting.resolve(data);
      }
    }
  }

  #send(message) {
    // A frame with an opaque origin has no address but "*". The message contains nothing that others must not see.
    this.#frame.contentWindow?.postMessage(message, "*");
  }

  #ask(type, more = {}) {
    const message = { divergences: VERSION, id: this.#next++, type, ...more };
    return new Promise((resolve, reject) => {
      const late = () => {
        this.#waiting.delete(message.id);
        reject(new FigureError({ code: "silent", message: `${this.#frame.src || "The frame"} does not answer.` }));
      };
      this.#waiting.set(message.id, { message, resolve, reject, timer: setTimeout(late, PATIENCE) });
      this.#send(message);
    });
  }

  /** The state of the figure: its values, readouts and summary, and what its parameters accept. */
  get() {
    return this.#ask("get");
  }

  /** Sets all parameters in `values`, or none of them if one cannot be used. */
  set(values) {
    return this.#ask("set", { values });
  }

  reset() {
    return this.#ask("reset");
  }

  play() {
    return this.#ask("play");
  }

  pause() {
    return this.#ask("pause");
  }

  /** Shows it in `theme`: "light", "dark", one with more contrast, or "auto", which is the reader's. */
  setTheme(theme) {
    return this.#ask("theme", { theme });
  }

  /** A picture or the data: text for "svg" and "csv", a Blob for "png". */
  async picture(format = "svg", options = {}) {
    return (await this.#ask("picture", { format, ...options })).picture;
  }

  /** Calls `listener` with the state at every change, until the returned function is called. */
  async subscribe(listener) {
    this.#listeners.add(listener);
    await this.#ask("subscribe");
    return () => {
      this.#listeners.delete(listener);
      return this.#listeners.size ? undefined : this.#ask("unsubscribe");
    };
  }

  /** Stops listening. */
  close() {
    removeEventListener("message", this.#hear);
    this.#waiting.forEach(({ timer }) => clearTimeout(timer));
  }
}

fitFrames();
