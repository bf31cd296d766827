// A figure in its present state as one HTML file, which needs no server, no network and no other file.
import { TASKS } from "../element/task.js";
import { fetched } from "../shared/fetched.js";
import { wordsOf } from "../shared/words.js";

/** The script element that contains this script, if it is part of a file. */
const OWN = globalThis.document?.querySelector("script[data-divergences]");

/** The width of the picture for readers without scripts, in CSS pixels. */
const PICTURE = 1076;

export function escapeHtml(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => names[character]);
}

/** The attributes of `element` besides its parameters, without those that belong to its page. */
export function attributesOf(element) {
  return Object.fromEntries(["hide", "lock", ...TASKS].map((name) => [name, element.getAttribute(name)]));
}

/** The tag of `element` in its present state, with these `attributes`. */
export function tag(element, attributes = attributesOf(element)) {
  const { figure, name } = element;
  const pairs = [["name", name], ...figure.state().changed, ...Object.entries(attributes)];
  const written = pairs.filter(([, value]) => value).map(([key, value]) => ` ${key}="${escapeHtml(value)}"`);
  return `<divergence-figure${written.join("")}></divergence-figure>`;
}

/** The HTML of a file with the figure of `element`. */
export async function standalone(element) {
  const { figure, name } = element;
  const title = escapeHtml(wordsOf(element)(`${name}.title`));
  return `<!doctype html>
<html lang="${escapeHtml(element.language)}" data-explainer="figure">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${FRAME_STYLES}</style>
</head>
<body>
${tag(element)}
<noscript>${figure.svg(PICTURE, "light")}</noscript>
<script type="module" data-divergences>${await completeScript(element)}</script>
</body>
</html>
`;
}

/** The text of this script with everything inside that it would load, for use in a script element. */
async function completeScript(element) {
  if (ASSETS.packed && OWN) {
    return OWN.textContent;
  }
  const { complete } = customElements.get("divergence-figure");
  const response = await fetched(ASSETS.complete ?? complete ?? new URL(import.meta.url));
  const text = await response.text();
  // The script may be part of another program.
  if (!text.startsWith("/* divergence-figure, complete */")) {
    throw new Error(wordsOf(element)("problem.whole"));
  }
  return text;
}
