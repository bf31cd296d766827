// The interface for a page with frames; see docs/messages.md.
import type { Change, Parameter, Theme } from "./divergence-figure.js";

export interface State extends Omit<Change, "name"> {
  figure: string;
  /** Present in the answer to `get`. */
  parameters?: Parameter[];
}

/** The error with which a figure answers a request that it cannot follow. */
export class FigureError extends Error {
  code:
    | "forbidden"
    | "version"
    | "unknown-type"
    | "malformed"
    | "unknown-parameter"
    | "bad-value"
    | "bad-option"
    | "no-figure"
    | "failed"
    | "silent";
}

/** Gives every frame of a figure on this page its height. Importing this module calls it. */
export function fitFrames(): void;

/** The figure in an iframe. */
export class FramedFigure {
  constructor(frame: HTMLIFrameElement);
  get(): Promise<State>;
  set(values: Record<string, string | number>): Promise<State>;
  reset(): Promise<State>;
  play(): Promise<State>;
  pause(): Promise<State>;
  setTheme(theme: Theme | "auto"): Promise<State>;
  picture(format?: "svg" | "csv", options?: { width?: number; theme?: Theme }): Promise<string>;
  picture(format: "png", options?: { width?: number; theme?: Theme }): Promise<Blob>;
  subscribe(listener: (state: State) => void): Promise<() => Promise<State> | undefined>;
  close(): void;
}
