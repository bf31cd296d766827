// "Embed": snippets that put the figure, in its present state, into an author's notes.
import { encode } from "../element/address.js";
import { names } from "../element/parts.js";
import { copied } from "../shared/copied.js";
import { make } from "../shared/make.js";
import { wordsOf } from "../shared/words.js";
import { attributesOf, escapeHtml, tag } from "./standalone.js";

/** The address of the explainer for those who did not open it from the web. */
const ELSEWHERE = "https://example.org/divergences/";

/** The address of this explainer, or nothing if it is a file on disk or part of another program. */
function home() {
  const script = ASSETS.frame;
  return script && /^https?:$/.test(script.protocol) ? new URL(".", script).href : undefined;
}

/** The address of a frame that shows the figure of `element` in its present state, with these `attributes`. */
function frameAddress(element, attributes) {
  const { language } = element;
  const pairs = [
    ["figure", element.name],
    ...element.figure.state().changed,
    ...Object.entries(attributes),
    ["lang", language === "en" ? "" : language],
  ];
  const query = pairs.filter(([, value]) => value).map(([key, value]) => `${encode(key)}=${encode(value)}`);
  return `${home() ?? ELSEWHERE}figure.html?${query.join("&")}`;
}

/**
 * The kinds of snippets. Each has a name, or the key of one, and a function from a description of the figure to the snippet.
 */
const SNIPPETS = {
  iframe: ["embed.iframe", ({ fitted }) => fitted()],
  element: [
    "embed.element",
    ({ base, element }) => `<script type="module" src="${base}divergence-figure.js"></script>\n${element}`,
  ],
  markdown: ["Markdown", ({ name, alt, address }) => `[![${alt.replace(/[\\[\]<>`*_]/g, "\\$&")}](${name}.png)](${address})`],
  quarto: [
    "Quarto",
    ({ fitted, name, caption, alt }) => `::: {.content-visible when-format="html"}
\`\`\`{=html}
${fitted()}
\`\`\`
:::

::: {.content-visible unless-format="html"}
![${caption}](${name}.png){fig-alt="${alt.replaceAll('"', "'")}"}
:::`,
  ],
  myst: [
    "MyST",
    ({ address, title, name }) => `:::{iframe} ${address}
:width: 100%
:placeholder: ${name}.png
${title}
:::`,
  ],
  // Blocks with four backticks can contain blocks with three. Blocks with colons need an extension of Sphinx.
  sphinx: [
    "Sphinx, Jupyter Book",
    ({ fitted, name, caption }) => `\`\`\`\`{only} html
\`\`\`{raw} html
${fitted()}
\`\`\`
\`\`\`\`

\`\`\`\`{only} not html
\`\`\`{figure} ${name}.png
${caption}
\`\`\`
\`\`\`\``,
  ],
  // reveal.js resets frames with data-src when their slide is left. "r-stretch" fills the space that remains.
  reveal: [
    "reveal.js",
    ({ frame }) => `<section>\n${frame('class="r-stretch" loading="lazy" src').replaceAll(/^/gm, "  ")}\n</section>`,
  ],
  latex: [
    "LaTeX",
    ({ name, title, address, settings, words }) => {
      const written = address.replace(/[%#&_~^{}\\]/g, "\\$&");
      return `% \\usepackage{graphicx, hyperref, qrcode}
% ${words("embed.picture")} cargo xtask figure ${name}${settings} --out ${name}.pdf
\\begin{figure}
  \\centering
  \\includegraphics[width=\\linewidth]{${name}.pdf}
  \\caption{${words("embed.live", { title, address: `\\url{${written}}` })}}
  \\qrcode[height=18mm]{${written}}
\\end{figure}`;
    },
  ],
};

/** The least width of the text around an embedded figure, in CSS pixels. The window of the author may be narrower. */
const TEXT_WIDTH = 760;

/** The height of a frame for `element` with all its foldable parts closed. */
function frameHeight(element) {
  const { figure, shadowRoot: root, style } = element;
  const { width } = style;
  const { scrollTop } = document.scrollingElement;
  style.width = `${Math.max(element.offsetWidth, TEXT_WIDTH)}px`;
  const opened = [...root.querySelectorAll("details[open]")];
  opened.forEach((box) => (box.open = false));
  const stage = root.querySelector(".stage");
  const height = element.offsetHeight - stage.offsetHeight + figure.height(stage.clientWidth);
  opened.forEach((box) => (box.open = true));
  style.width = width;
  // The page may have been shorter for a moment, which moves the scroll position.
  document.scrollingElement.scrollTop = scrollTop;
  return Math.ceil(height);
}

function aboutFigure(element, attributes) {
  const { figure, name } = element;
  const words = wordsOf(element);
  const title = words(`${name}.title`);
  const address = frameAddress(element, attributes);
  const base = home() ?? ELSEWHERE;
  const height = frameHeight(element);
  const state = figure.state();
  const frame = (source = "src") =>
    `<iframe ${source}="${escapeHtml(address)}" title="${escapeHtml(title)}"\n  style="width: 100%; height: ${height}px; border: 0" allow="clipboard-write"></iframe>`;
  // The height is right for one width; the script makes it right for each.
  const fitted = () => `${frame()}\n<script type="module" src="${base}divergences-host.js"></script>`;
  const quoted = (value) => (/^[\w.,-]+$/.test(value) ? value : `'${value}'`);
  return {
    name,
    title,
    words,
    caption: words("embed.live", { title, address: `<${address}>` }),
    alt: state.summary,
    address,
    frame,
    fitted,
    base,
    element: tag(element, attributes),
    settings: state.changed.map(([key, value]) => ` --set ${key}=${quoted(value)}`).join(""),
  };
}

/** The snippet of `kind` for `element` in its present state, with these `attributes`. */
function snippet(element, kind, attributes) {
  return SNIPPETS[kind][1](aboutFigure(element, attributes));
}

let dialogStyles;

/** Gives `root` the styles of the dialog. */
function addStyles(root) {
  // A style element could be forbidden by the security policy of the host page.
  if (!dialogStyles) {
    dialogStyles = new CSSStyleSheet();
    dialogStyles.replaceSync(EMBED_STYLES);
  }
  if (!root.adoptedStyleSheets.includes(dialogStyles)) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, dialogStyles];
  }
}

/** Opens the dialog of `element` in its shadow root `root`. */
export function openEmbed(element, root) {
  root.querySelector("dialog.embed")?.remove();
  addStyles(root);
  const words = wordsOf(element);
  let kind = "iframe";
  const attributes = attributesOf(element);
  const code = make("textarea", { readOnly: true, rows: 9, spellcheck: false, ariaLabel: words("embed.code") });
  const told = make("span", { className: "told", role: "status" });
  const show = () => {
    code.value = snippet(element, kind, attributes);
    told.textContent = "";
  };
  const kinds = Object.entries(SNIPPETS).map(([key, [name]]) => {
    const button = make("button", { type: "button", textContent: words(name), ariaPressed: String(key === kind) });
    button.addEventListener("click", () => {
      kind = key;
      kinds.forEach((one) => (one.ariaPressed = String(one === button)));
      show();
    });
    return button;
  });
  const keys = element.parameters.map(({ key }) => key);
  const parts = [...element.figure.parts(), ...keys].filter((part) => root.querySelector(`[data-part="${part}"]`));
  const shown = boxes(element, parts, "hide", attributes, show);
  const locked = boxes(element, keys, "lock", attributes, show);
  const copy = make("button", { type: "button", className: "copy", textContent: words("embed.copy") });
  copy.addEventListener("click", async () => {
    told.textContent = words((await copied(code)) ? "embed.copied" : "embed.select");
  });
  const close = make("button", { type: "submit", textContent: words("embed.close") });
  const notes = [home() ? "" : "embed.elsewhere", /\/\/(localhost|127\.|\[::1\])/.test(home() ?? "") ? "embed.local" : ""];
  const dialog = make(
    "dialog",
    { className: "embed", lang: element.language, ariaLabel: words("embed.title") },
    make("h2", { textContent: words("embed.title") }),
    make("p", { textContent: words("embed.about") }),
    make("div", { className: "chips", role: "group", ariaLabel: words("embed.kinds") }, ...kinds),
    code,
    ...notes.filter(Boolean).map((key) => make("p", { className: "note", textContent: words(key) })),
    make("details", {}, make("summary", { textContent: words("embed.parts") }), make("div", {}, ...shown)),
    make("details", {}, make("summary", { textContent: words("embed.locked") }), make("div", {}, ...locked)),
    make("details", {}, make("summary", { textContent: words("embed.asked") }), ...questions(element, attributes, show)),
    make("form", { method: "dialog" }, copy, told, close),
  );
  dialog.addEventListener("close", () => dialog.remove());
  // A click beside the dialog closes it.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  show();
  root.append(dialog);
  dialog.showModal();
}

/** A box for each of `parts`, which puts it into the list of names `list` of `attributes`. What is hidden is what is not ticked. */
function boxes(element, parts, list, attributes, changed) {
  return parts.map((part) => {
    const listed = () => names(attributes[list]);
    const box = make("input", { type: "checkbox", checked: listed().includes(part) !== (list === "hide") });
    box.addEventListener("change", () => {
      const others = listed().filter((name) => name !== part);
      attributes[list] = (box.checked !== (list === "hide") ? [...others, part] : others).join(",");
      changed();
    });
    return make("label", {}, box, ` ${partName(element, part)}`);
  });
}

/** Fields for the task of the readers, and what can't be used of it. */
function questions(element, attributes, changed) {
  const words = wordsOf(element);
  const [{ key }] = element.readouts;
  const examples = { veil: key, guess: `${key} within 0.1`, goal: `${key} < 0.1`, ask: "" };
  const problems = make("ul", { className: "problems" });
  const fields = Object.entries(examples).map(([name, placeholder]) => {
    const field = make("input", { type: "text", value: attributes[name] ?? "", placeholder });
    field.addEventListener("input", () => {
      attributes[name] = field.value;
      // The figure on the page stays as it is.
      const twin = new element.engine.WebFigure(element.name, element.language);
      const wrong = twin.ask(...["veil", "guess", "goal"].map((task) => attributes[task] ?? ""));
      twin.free();
      problems.replaceChildren(...wrong.map((problem) => make("li", { textContent: problem })));
      changed();
    });
    return make("label", {}, make("span", { textContent: words(`embed.${name}`) }), field);
  });
  return [make("div", {}, ...fields), make("div", { role: "alert" }, problems)];
}

function partName(element, part) {
  const words = wordsOf(element);
  const known = (key) => (words(key) === key ? undefined : words(key));
  return known(`${element.name}.param.${part}`) ?? known(`param.${part}`) ?? known(`part.${part}`) ?? part;
}
