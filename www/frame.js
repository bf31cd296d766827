// A figure alone in a window: `?figure=kl-fit&rate=0.1&hide=presets`, for somebody's iframe, or a file of its own.
import { asked } from "./address.js";
import { wordsOf } from "./engine.js";
import { answerMessages } from "./messages.js";
import { isLecture } from "./teaching.js";
import { post } from "./protocol.js";
import { TASKS } from "./task.js";

/** What the address of a figure alone says beside its parameters; the same words serve the element as attributes. */
const PASSED_ON = ["hide", "lock", "theme", ...TASKS];

/** Whether this window is to show one figure alone. */
export function isFrame() {
  const view = document.documentElement.dataset.explainer;
  return view === "frame" || view === "figure" || (view === "page" && asked().has("figure") && !isLecture());
}

/** Shows the figure that the address names, or the one that the file holds. */
export function startFrame() {
  const query = asked();
  const root = document.documentElement;
  root.dataset.view = "figure";
  if (query.has("lang")) {
    root.lang = query.get("lang");
  }
  if (query.get("background") === "transparent") {
    root.dataset.background = "transparent";
  }
  const held = root.dataset.explainer === "figure" && document.querySelector("divergence-figure");
  const element = held || document.createElement("divergence-figure");
  if (query.has("figure") || !held) {
    element.setAttribute("name", query.get("figure") ?? "");
  }
  for (const name of PASSED_ON.filter((name) => query.has(name))) {
    element.setAttribute(name, query.get(name));
  }
  element.setAttribute("address", "frame");
  tellHeight(element);
  answerMessages(element);
  if (!held) {
    document.body.replaceChildren(element);
  }
  element.addEventListener("ready", () => (document.title = wordsOf(element)(`${element.name}.title`)));
}

/** Tells the host how high the figure is, now and whenever that changes. */
function tellHeight(element) {
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(element.getBoundingClientRect().height);
    if (height && height !== told) {
      told = height;
      post({ type: "height", figure: element.name, height });
      // Canvas, the learning management system, listens for this.
      parent.postMessage({ subject: "lti.frameResize", height }, "*");
    }
  }).observe(element);
}
