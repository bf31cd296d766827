// A figure alone in a window, `?figure=kl-fit&rate=0.1&hide=presets`: in somebody's iframe, or in a file of its own.
import { addressParameters, asksForOne } from "../element/address.js";
import { TASKS } from "../element/task.js";
import { availableLanguage } from "../shared/engine.js";
import { make } from "../shared/make.js";
import { wordsOf } from "../shared/words.js";
import { answerMessages } from "./messages.js";
import { post } from "./protocol.js";

/** The keys of the address that become attributes of the element. All others are parameters or settings of the frame. */
const PASSED_ON = ["hide", "lock", "theme", ...TASKS];

/** Whether this window shows one figure alone. */
export function isFrame() {
  const view = document.documentElement.dataset.explainer;
  return view === "frame" || view === "figure" || (view === "page" && asksForOne());
}

/** Shows the figure that the address names, or the one in the file. */
export function startFrame() {
  const query = addressParameters();
  const root = document.documentElement;
  root.dataset.view = "figure";
  if (query.has("lang")) {
    root.lang = availableLanguage(query.get("lang"));
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
  // The heading and the landmark are for screen readers: they say what the page is and where its content begins.
  const heading = make("h1");
  const main = make("main", {}, heading);
  if (held) {
    held.replaceWith(main);
    main.append(held);
  } else {
    main.append(element);
    document.body.replaceChildren(main);
  }
  element.addEventListener("ready", () => {
    document.title = wordsOf(element)(`${element.name}.title`);
    heading.textContent = document.title;
  });
  element.addEventListener("error", () => (heading.textContent = document.title));
}

/** Reports the height of the figure to the host, now and whenever it changes. */
function tellHeight(element) {
  let told = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(element.getBoundingClientRect().height);
    if (height && height !== told) {
      told = height;
      post({ type: "height", figure: element.name, height });
      // Canvas, the learning management system, listens for this message.
      parent.postMessage({ subject: "lti.frameResize", height }, "*");
    }
  }).observe(element);
}
