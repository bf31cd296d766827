// Saving a figure: as a picture, as data, or as a file of its own.
import { standalone } from "./standalone.js";

/** The scale of a PNG, at which it is sharp in print and on any screen. */
const PNG_SCALE = 2;

/** The width of the picture of a figure that is not on the screen, in CSS pixels. */
const USUAL_WIDTH = 1076;

function widthOf(element, { width } = {}) {
  return width ?? (element.drawnWidth || USUAL_WIDTH);
}

/** The drawing as a standalone SVG. */
export function svg(element, options) {
  return element.figure.svg(widthOf(element, options), options?.theme ?? element.theme);
}

/** The drawing as a PNG. */
export function png(element, options) {
  const { figure } = element;
  const theme = options?.theme ?? element.theme;
  const drawn = document.createElement("canvas");
  figure.draw(drawn, widthOf(element, options), options?.scale ?? PNG_SCALE, theme, 0);
  const paper = Object.assign(document.createElement("canvas"), { width: drawn.width, height: drawn.height });
  const context = paper.getContext("2d");
  context.fillStyle = figure.paper(theme);
  context.fillRect(0, 0, paper.width, paper.height);
  context.drawImage(drawn, 0, 0);
  return new Promise((resolve) => paper.toBlob(resolve, "image/png"));
}

/** The figure's data as CSV. */
export function csv(element) {
  return element.figure.csv();
}

const KINDS = {
  svg: async (element) => new Blob([svg(element)], { type: "image/svg+xml" }),
  png,
  csv: async (element) => new Blob([csv(element)], { type: "text/csv" }),
  html: async (element) => new Blob([await standalone(element)], { type: "text/html" }),
};

/** Downloads the figure of `element` as "svg", "png", "csv" or "html". */
export async function save(element, kind) {
  download(await KINDS[kind](element), `${element.name}.${kind}`);
}

/** Downloads `blob` as a file called `name`. */
export function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
