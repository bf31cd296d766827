// What is wrong with how a page is laid out: what reaches out of the window, what is cut off, what lies on something else.
// The inside of a function, which returns a line for each.

/** What may be moved sideways in its own place: tables of data, formulas, code, the bar of a lecture. */
const MOVED = ".wide, p:has(> math), pre, .held, .bar";

/** How far, in CSS pixels, what is rounded may be off. */
const SLACK = 2;

const faults = [];
const tell = (what, part, text) => faults.push(`${what}: <${part.localName} class="${part.className}"> ${text.trim().slice(0, 40)}`);

/** What is around `part`, out of shadow trees too, itself first. */
const around = (part) => (part ? [part, ...around(part.parentElement ?? part.getRootNode().host)] : []);

/** Whether it is there for the eye, not for screen readers alone. */
const isSeen = (part) =>
  part.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
  !around(part).some((other) => getComputedStyle(other).clipPath === "inset(50%)");

/** Whether the box `inner` reaches out of `outer` in `direction`. */
const sticksOut = (inner, outer, [low, high]) => inner[low] < outer[low] - SLACK || inner[high] > outer[high] + SLACK;
const ACROSS = ["left", "right"];
const DOWN = ["top", "bottom"];

/**
 * Tells where `box`, of `text` in `part`, can't be seen as a whole, or only by moving the page sideways; returns what of it is
 * seen before anything is moved.
 */
const inside = (box, part, text) => {
  // What can be brought into a place that is moved is inside if that place is.
  let { left, right, top, bottom } = box;
  const seen = { left, right, top, bottom };
  for (const other of around(part)) {
    // The root's overflow is the window's.
    if (other === document.documentElement || other === document.body) {
      break;
    }
    const { overflowX, overflowY, position } = getComputedStyle(other);
    const outer = other.getBoundingClientRect();
    const [across, down] = [overflowX, overflowY].map((kind) => ["auto", "scroll"].includes(kind));
    if (overflowX !== "visible" && !(across && other.matches(MOVED)) && sticksOut({ left, right }, outer, ACROSS) ||
        overflowY !== "visible" && !down && sticksOut({ top, bottom }, outer, DOWN)) {
      tell(`cut off by <${other.localName} class="${other.className}">`, part, text);
      break;
    }
    if (across) {
      ({ left, right } = outer);
      [seen.left, seen.right] = [Math.max(seen.left, left), Math.min(seen.right, right)];
    }
    if (down) {
      ({ top, bottom } = outer);
      [seen.top, seen.bottom] = [Math.max(seen.top, top), Math.min(seen.bottom, bottom)];
    }
    if (position === "fixed") {
      break;
    }
  }
  if (sticksOut({ left, right }, { left: 0, right: document.documentElement.clientWidth }, ACROSS)) {
    tell(`out of the window, ${Math.round(box.left)} to ${Math.round(box.right)}`, part, text);
  }
  return seen;
};

/** Boxes that must not lie on each other: lines of text, and controls, who are owners of theirs. */
const boxes = [];
const keep = (part, owner, box, text) => boxes.push({ part, owner, text, ...box });

const visit = (root) => {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const part = node.parentElement;
    // A select is a box of its own, and a formula is set by the browser.
    if (!part || !node.data.trim() || part.closest("style, script, noscript, template, select, textarea, math, svg, canvas") || !isSeen(part)) {
      continue;
    }
    const range = document.createRange();
    // Words of prose may break where nothing else helps; in a control or a table there is a better way.
    for (const { index, 0: word } of part.closest("button, summary, label, th, td") ? node.data.matchAll(/\b[A-Za-z]{3,12}\b/g) : []) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ bottom }) => bottom));
      if (lines.size > 1 && !part.closest("code")) {
        tell(`“${word}” is broken`, part, node.data);
      }
    }
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const seen = inside(box, part, node.data);
      // Letters stand in the middle of a line's box.
      const trim = 0.2 * box.height;
      seen.top = Math.max(seen.top, box.top + trim);
      seen.bottom = Math.min(seen.bottom, box.bottom - trim);
      keep(part, part.closest("button, summary"), seen, node.data);
    }
  }
  for (const part of root.querySelectorAll("*")) {
    if (part.shadowRoot) {
      visit(part.shadowRoot);
    }
    if (!part.matches("button, summary, select, input, textarea") || !isSeen(part)) {
      continue;
    }
    const box = part.getBoundingClientRect();
    const text = part.value || part.textContent;
    keep(part, part, inside(box, part, text), text);
    if (part.matches("input[type=text], button, summary") && part.scrollWidth > part.clientWidth + SLACK && getComputedStyle(part).overflow !== "visible") {
      tell("does not hold its words", part, text);
    }
    if (part.localName === "select") {
      // As wide as what is chosen needs it.
      const alone = part.cloneNode();
      alone.append(new Option(part.selectedOptions[0].text));
      alone.style.cssText = "position: absolute; width: max-content; max-width: none";
      part.after(alone);
      const wanted = alone.offsetWidth;
      alone.remove();
      if (box.width < wanted - SLACK) {
        tell("does not show its choice", part, `${part.selectedOptions[0].text}, ${Math.round(box.width)} of ${wanted} px`);
      }
    }
  }
};
/** The dialog that is open, which covers the rest, in a shadow tree or not. */
const roots = [document, ...[...document.querySelectorAll("divergence-figure")].map(({ shadowRoot }) => shadowRoot)];
const dialog = roots.map((root) => root?.querySelector("dialog[open]")).find(Boolean);
visit(dialog ?? document.querySelector(".lecture") ?? document.body);

boxes.sort((one, other) => one.top - other.top);
boxes.forEach((one, index) => {
  for (const other of boxes.slice(index + 1)) {
    if (other.top > one.bottom) {
      break;
    }
    const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const down = Math.min(one.bottom, other.bottom) - other.top;
    const related = one.part === other.part || one.owner && one.owner === other.owner;
    if (across > SLACK && down > SLACK && !related) {
      tell(`lies on “${other.text.trim().slice(0, 40)}” (${other.part.localName})`, one.part, one.text);
    }
  }
});
const { scrollWidth, clientWidth } = document.documentElement;
if (scrollWidth > clientWidth) {
  faults.push(`the window scrolls sideways, ${scrollWidth} px of ${clientWidth}`);
}
return [boxes.length, [...new Set(faults)]];
