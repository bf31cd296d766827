// Finds faults in the layout of a page: parts that extend beyond the window, are cut off, or overlap. The
// body of a function that returns a line for each fault.

/** The elements that may scroll sideways: tables of data, formulas, code, the bar of a lecture. */
const MOVED = ".wide, p:has(> math), pre, .held, .bar";

/** The tolerance for rounding, in CSS pixels. */
const SLACK = 2;

const faults = [];
const tell = (what, part, text) => faults.push(`${what}: <${part.localName} class="${part.className}"> ${text.trim().slice(0, 40)}`);

/** `part` and its ancestors, also across shadow roots. */
const around = (part) => (part ? [part, ...around(part.parentElement ?? part.getRootNode().host)] : []);

/** Whether `part` is visible, and not for screen readers only. */
const isSeen = (part) =>
  part.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
  !around(part).some((other) => getComputedStyle(other).clipPath === "inset(50%)");

/** Whether the box `inner` extends beyond `outer` in `direction`. */
const sticksOut = (inner, outer, [low, high]) => inner[low] < outer[low] - SLACK || inner[high] > outer[high] + SLACK;
const ACROSS = ["left", "right"];
const DOWN = ["top", "bottom"];

/**
 * Reports where `box`, which belongs to `text` in `part`, cannot be seen as a whole, or only by scrolling
 * the page sideways. Returns the part of it that is visible without scrolling.
 */
const inside = (box, part, text) => {
  // A box inside a scrolling element counts as visible if that element is.
  let { left, right, top, bottom } = box;
  const seen = { left, right, top, bottom };
  for (const other of around(part)) {
    // The overflow of the root element applies to the window.
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

/** The boxes that must not overlap: lines of text, and controls. Each has an owner. */
const boxes = [];
const keep = (part, owner, box, text) => boxes.push({ part, owner, text, ...box });

const visit = (root) => {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const part = node.parentElement;
    // A select is a box of its own, and a formula is laid out by the browser.
    if (!part || !node.data.trim() || part.closest("style, script, noscript, template, select, textarea, math, svg, canvas") || !isSeen(part)) {
      continue;
    }
    const range = document.createRange();
    // A word in prose may be broken if nothing else helps. In a control or a table it must not.
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
      // Letters do not fill the height of a line's box.
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
      // The select must be as wide as the selected option needs.
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
/** The open dialog, which covers everything else. It may be in a shadow root. */
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
