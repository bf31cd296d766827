// Taking a figure away: as a picture, as data, or as a file that is the figure itself.
import { THEMES } from "../element/parts.js";
import { copied } from "../shared/copied.js";
import { download } from "../shared/download.js";
import { make } from "../shared/make.js";
import { beginning } from "../shared/text.js";
import { wordsOf } from "../shared/words.js";
import { standalone } from "./standalone.js";

/** The scale of a PNG, at which it is sharp in print and on any screen. */
const PNG_SCALE = 2;

/** The width of the picture of a figure that is not on the screen, in CSS pixels. */
const USUAL_WIDTH = 1076;

/** What may be asked of a picture; `cargo xtask figure` takes the same widths. */
const WIDTHS = [200, 4000];
const SCALES = [0.5, 4];

/** What is asked of a picture of `element`, with what is usual for the rest. Throws a RangeError that names what can't be used. */
function picture(element, { width, scale, theme } = {}) {
  const words = wordsOf(element);
  const number = (key, value, [least, most]) => {
    // Text is no number here, whatever it says.
    if (value !== undefined && !(typeof value === "number" && value >= least && value <= most)) {
      throw new RangeError(words(`message.${key}`, { [key]: beginning(value) }));
    }
  };
  number("width", width, WIDTHS);
  number("scale", scale, SCALES);
  const themes = THEMES.slice(1);
  if (theme !== undefined && !themes.includes(theme)) {
    throw new RangeError(words("message.theme", { theme: beginning(theme), themes: themes.join(", ") }));
  }
  return { width: width ?? (element.drawnWidth || USUAL_WIDTH), scale: scale ?? PNG_SCALE, theme: theme ?? element.theme };
}

/** The drawing as a standalone SVG. */
export function svg(element, options) {
  const { width, theme } = picture(element, options);
  return element.figure.svg(width, theme);
}

/** The drawing as a PNG. */
export function png(element, options) {
  const { figure } = element;
  const { width, scale, theme } = picture(element, options);
  const drawn = document.createElement("canvas");
  figure.draw(drawn, width, scale, theme, 0);
  const paper = Object.assign(document.createElement("canvas"), { width: drawn.width, height: drawn.height });
  const context = paper.getContext("2d");
  context.fillStyle = figure.paper(theme);
  context.fillRect(0, 0, paper.width, paper.height);
  context.drawImage(drawn, 0, 0);
  return new Promise((resolve, reject) => {
    // A browser that has no memory for so large a canvas makes nothing of it.
    const take = (blob) => (blob ? resolve(blob) : reject(new RangeError(wordsOf(element)("problem.png"))));
    paper.toBlob(take, "image/png");
  });
}

const KINDS = {
  svg: async (element) => new Blob([svg(element)], { type: "image/svg+xml" }),
  png,
  csv: async (element) => new Blob([element.figure.csv()], { type: "text/csv" }),
  html: async (element) => new Blob([await standalone(element)], { type: "text/html" }),
};

/**
 * Downloads `element`'s figure as one of the kinds that there are: "svg", "png", "csv" or "html". In a frame that may be forbidden
 * to, offers to copy it.
 */
export async function save(element, kind) {
  const words = wordsOf(element);
  const blob = await KINDS[kind](element);
  // This is known before the reader presses the button, because browsers copy only at once.
  const text = kind !== "png" && (await blob.text());
  const sandbox = window.frameElement?.sandbox;
  const forbidden = sandbox?.length > 0 && !sandbox.contains("allow-downloads");
  if (!forbidden) {
    download(blob, `${element.name}.${kind}`);
  }
  // A frame without an origin is not told what it may.
  if (forbidden || (window !== top && origin === "null")) {
    const copy = async () => element.complain([words((await copiedAs(element, blob, text)) ? "embed.copied" : "save.uncopied")]);
    element.complain([words("save.forbidden")], [words("save.copy"), copy]);
  }
}

/** Copies `blob`, whose text is `text` unless it is a picture. Returns whether this worked. */
async function copiedAs(element, blob, text) {
  if (!text) {
    try {
      await navigator.clipboard.write([new ClipboardItem({ [blob.type]: blob })]);
      return true;
    } catch {
      return false;
    }
  }
  const area = make("textarea", { className: "aside", value: text });
  element.shadowRoot.append(area);
  const done = await copied(area);
  area.remove();
  return done;
}
