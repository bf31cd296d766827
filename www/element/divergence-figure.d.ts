// The interface of <divergence-figure> for authors of pages. The build adds the types of the parameters.

/** A set of colours. Those of high contrast are for walls. */
export type Theme = "light" | "dark" | "contrast-light" | "contrast-dark";

/** A number that a figure shows. */
export interface Readout {
  /** The name, which does not depend on the language. */
  key: string;
  /** The value in its unit. Infinite or NaN where the figure shows ∞ or "undefined". */
  value: number;
  /** The value as the figure shows it, without the unit. */
  digits: string;
  /** The value as the figure shows it, with the unit. */
  text: string;
  /** Whether the number is hidden. Its texts are then "?" and its value is NaN. */
  veiled: boolean;
}

/** A parameter and what it accepts. */
export interface Parameter {
  key: string;
  kind: "number" | "count" | "choice" | "components" | "weights";
  /** The least value of a number or count; the least number of outcomes of "weights". */
  least?: number;
  /** The greatest value of a number or count; the greatest number of "components", or of outcomes of "weights". */
  most?: number;
  /** The words of a choice. */
  choices?: string[];
  /** Whether Play advances this parameter. */
  steps: boolean;
}

/** The detail of a "change" event. */
export interface Change {
  name: FigureName;
  /** The value of every parameter, as text. */
  values: Record<string, string>;
  readouts: Readout[];
  /** The state in a sentence or two. */
  summary: string;
}

export interface PictureOptions {
  /** In CSS pixels, from 200 to 4000; as wide as the figure is drawn by default. */
  width?: number;
  /** Pixels of a PNG for each of these, from 0.5 to 4; 2 by default. */
  scale?: number;
  theme?: Theme;
}

export interface DivergenceFigureEventMap extends HTMLElementEventMap {
  /** The state has changed. Sent at most once a frame. */
  change: CustomEvent<Change>;
  /** What was hidden is revealed. With a guess, the detail has the guess, the truth, and the guess minus the truth. */
  reveal: CustomEvent<{ guess?: number; truth?: number; difference?: number; right?: boolean }>;
  /** The goal is reached for the first time. */
  solved: CustomEvent<Omit<Change, "summary">>;
  /** The figure is running. */
  ready: CustomEvent<null>;
}

/**
 * A figure. Each parameter is an attribute and a property, and both show what the reader changes.
 *
 * The other attributes are:
 *
 * - `name`: the figure.
 * - `hide`: the parts and controls to leave out, such as "presets,rate".
 * - `lock`: the parameters that the reader cannot change.
 * - `veil`: the numbers and curves to hide until they are revealed.
 * - `guess`: a number that the reader guesses first, such as "js" or "js within 0.1".
 * - `goal`: the conditions to reach, such as "forward-kl < 0.1, reverse-kl > 5".
 * - `ask`: your own question above the task.
 * - `theme`: "auto" or a {@link Theme}.
 * - `lang`: the language. The default is that of the surrounding page, which may change at any time.
 */
export class DivergenceFigure<Name extends FigureName = FigureName> extends HTMLElement {
  name: Name;
  theme: Theme;
  /** The value of every parameter, as text. */
  values: Record<string, string>;
  readonly parameters: Parameter[];
  readonly readouts: Readout[];
  readonly summary: string;
  /**
   * Starts the figure if necessary. Resolves once it is running; rejects if there is no such figure or it cannot be loaded.
   */
  ready(): Promise<void>;
  /** Sets all parameters in `values`, or none of them: it then rejects with a RangeError that names what cannot be used. */
  set(values: Partial<Parameters[Name]>): Promise<void>;
  /** Plays the figure's steps, if it has any. */
  play(): Promise<void>;
  pause(): Promise<void>;
  /** Reveals what `veil` hides and commits the guess. Resolves to whether anything was hidden. */
  reveal(): Promise<boolean>;
  /** Hides everything again. */
  veilAgain(): Promise<void>;
  /** Returns to the state that the attributes set. */
  reset(): Promise<void>;
  toSVG(options?: PictureOptions): Promise<string>;
  /** `scale` is the number of pixels for each CSS pixel, 2 by default. */
  toPNG(options?: PictureOptions & { scale?: number }): Promise<Blob>;
  toCSV(): Promise<string>;

  addEventListener<K extends keyof DivergenceFigureEventMap>(
    type: K,
    listener: (this: this, event: DivergenceFigureEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "divergence-figure": DivergenceFigure;
  }
}
