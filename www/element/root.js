// The shadow root of a figure: what is in it, where from, and what is said there about mistakes.
import { make } from "../shared/make.js";

let styles;

/** The shadow root of `element`, which a page may have brought along with styles and all. */
export function rootOf(element) {
  const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
  if (!root.adoptedStyleSheets.length && !root.querySelector("style")) {
    // Not a style element, which a host's security policy may forbid.
    if (!styles) {
      styles = new CSSStyleSheet();
      styles.replaceSync(FIGURE_STYLES);
    }
    root.adoptedStyleSheets = [styles];
  }
  return root;
}

/** Takes what is in `root` away, but for its styles. */
export function clear(root) {
  [...root.children].filter((part) => part.localName !== "style").forEach((part) => part.remove());
}

/** Takes the controls in `root` out of the template in which the page keeps them while the figure is far. */
export function unpack(root) {
  const packed = root?.querySelector(".controls > template");
  packed?.replaceWith(packed.content);
}

/** Shows sentences in `root` about what could not be used; an empty list takes them away. */
export function complain(root, problems) {
  let list = root.querySelector(".problems");
  if (!list) {
    list = make("ul", { className: "problems" });
    root.append(make("div", { role: "alert" }, list));
  }
  list.replaceChildren(...problems.map((problem) => make("li", { textContent: problem })));
}
