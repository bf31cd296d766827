// What the page around a frame may use: see docs/messages.md.
import type { Change, Parameter, Theme } from "./divergence-figure.js";

export interface State extends Omit<Change, "name"> {
  figure: string;
  /** In the answer to `get`. */
  parameters?: Parameter[];
}

/** What a figure answered in place of what it was asked for. */
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

/** Gives every frame of a figure on this page its height; importing this module does it. */
export function fitFrames(): void;

/** The figure in an iframe. */
export class FramedFigure {
  constructor(frame: HTMLIFrameElement);
  get(): Promise<State>;
  set(values: Record<string, string | number>): Promise<State>;
  reset(): Promise<State>;
  play(): Promise<State>;
  pause(): Promise<State>;
  picture(format?: "svg" | "csv", options?: { width?: number; theme?: Theme }): Promise<string>;
  picture(format: "png", options?: { width?: number; theme?: Theme }): Promise<Blob>;
  subscribe(listener: (state: State) => void): Promise<() => Promise<State> | undefined>;
  close(): void;
}
