// What <divergence-figure> offers to those who put it into a page. Types of parameters are added when the page is built.

/** Colours: on a screen, or with high contrast on a wall. */
export type Theme = "light" | "dark" | "contrast-light" | "contrast-dark";

/** A number that a figure shows. */
export interface Readout {
  /** Its name, which does not change with the language. */
  key: string;
  /** In its unit; infinite or NaN where the figure says ∞ or "undefined". */
  value: number;
  /** As the figure shows it, without its unit. */
  digits: string;
  /** As the figure shows it. */
  text: string;
  /** Whether it is hidden until it is revealed; its texts are "?" then, and its value is NaN. */
  veiled: boolean;
}

/** A parameter, and what it accepts. */
export interface Parameter {
  key: string;
  kind: "number" | "count" | "choice" | "components" | "weights";
  /** Of numbers and counts; for "weights", how many outcomes there are at least. */
  least?: number;
  /** Of numbers and counts; for "components" and "weights", how many there may be. */
  most?: number;
  /** Of choices. */
  choices?: string[];
  /** Whether Play advances it. */
  steps: boolean;
}

/** What a "change" event carries. */
export interface Change {
  name: FigureName;
  /** Every parameter's value, as text. */
  values: Record<string, string>;
  readouts: Readout[];
  /** The state in a sentence or two. */
  summary: string;
}

export interface PictureOptions {
  /** In CSS pixels; as wide as the figure is drawn by default. */
  width?: number;
  theme?: Theme;
}

export interface DivergenceFigureEventMap extends HTMLElementEventMap {
  /** The state changed, at most once a frame. */
  change: CustomEvent<Change>;
  /** What was hidden is shown; with a guess, what it was, what is so, and the one less the other. */
  reveal: CustomEvent<{ guess?: number; truth?: number; difference?: number; right?: boolean }>;
  /** The goal is reached, for the first time. */
  solved: CustomEvent<Omit<Change, "summary">>;
  /** The figure lives. */
  ready: CustomEvent<null>;
}

/**
 * A figure. Each parameter is an attribute and a property, both ways: what the reader does shows in them.
 *
 * Attributes besides: `name`, which figure; `hide`, parts and controls to leave out, like "presets,rate"; `lock`, parameters
 * that the reader can't change; `veil`, numbers and curves to hide until they are revealed; `guess`, a number that the reader
 * guesses first, like "js" or "js within 0.1"; `goal`, conditions to reach, like "forward-kl < 0.1, reverse-kl > 5"; `ask`, your own question above it; `theme`, "auto" or a {@link Theme}; `lang`, the language that it speaks, else that of the page around it, which may change at any time.
 */
export class DivergenceFigure<Name extends FigureName = FigureName> extends HTMLElement {
  name: Name;
  theme: Theme;
  /** Every parameter's value, as text. */
  values: Record<string, string>;
  readonly parameters: Parameter[];
  readonly readouts: Readout[];
  readonly summary: string;
  /** Resolves once the figure lives, and brings it to life; rejects if there is no such figure or it can't be loaded. */
  ready(): Promise<void>;
  /** Sets parameters, all of them, or, with a RangeError that names what can't be used, none. */
  set(values: Partial<Parameters[Name]>): Promise<void>;
  /** Plays its steps, if it has any. */
  play(): Promise<void>;
  pause(): Promise<void>;
  /** Shows what `veil` hides and commits the guess; resolves to whether anything was hidden. */
  reveal(): Promise<boolean>;
  /** Hides it again. */
  veilAgain(): Promise<void>;
  /** Back to where its attributes put it. */
  reset(): Promise<void>;
  toSVG(options?: PictureOptions): Promise<string>;
  /** `scale` is the number of pixels a CSS pixel, 2 by default. */
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
