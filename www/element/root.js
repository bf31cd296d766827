// The shadow root of a figure: its content, its styles, and its messages about mistakes.
import { make } from "../shared/make.js";

let styles;

/** The shadow root of `element`. The page may contain it already, with styles and content. */
export function rootOf(element) {
  const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
  if (!root.adoptedStyleSheets.length && !root.querySelector("style")) {
    // A style element could be forbidden by the security policy of the host page.
    if (!styles) {
      styles = new CSSStyleSheet();
      styles.replaceSync(FIGURE_STYLES);
    }
    root.adoptedStyleSheets = [styles];
  }
  return root;
}

/** Removes everything in `root` except styles. */
export function clear(root) {
  [...root.children].filter((part) => part.localName !== "style").forEach((part) => part.remove());
}

/** Moves the controls in `root` out of the template in which the page keeps them while the figure is far away. */
export function unpack(root) {
  const packed = root?.querySelector(".controls > template");
  packed?.replaceWith(packed.content);
}

/**
 * Shows sentences in `root` about what could not be used, and a button for `remedy`, its text and what it does, if there is one; an
 * empty list takes them away.
 */
export function complain(root, problems, remedy) {
  let list = root.querySelector(".problems");
  if (!list) {
    list = make("ul", { className: "problems" });
    root.append(make("div", { role: "alert" }, list));
  }
  list.replaceChildren(...problems.map((problem) => make("li", { textContent: problem })));
  if (remedy) {
    const [textContent, onclick] = remedy;
    list.lastChild.append(" ", make("button", { type: "button", textContent, onclick }));
  }
}
