// "Embed": snippets that put the figure, in its present state, into an author's notes.
import { encode } from "../element/address.js";
import { names } from "../element/parts.js";
import { TASKS } from "../element/task.js";
import { copied } from "../shared/copied.js";
import { make } from "../shared/make.js";
import { wordsOf } from "../shared/words.js";
import { escapeHtml, tag } from "./standalone.js";

/** The address of the explainer for those who did not open it from the web. */
const ELSEWHERE = "https://example.org/divergences/";

/** The address of this explainer, or nothing if it is a file on disk or part of another program. */
function home() {
  const script = ASSETS.frame;
  return script && /^https?:$/.test(script.protocol) ? new URL(".", script).href : undefined;
}

/**
 * The address of a frame that shows the figure of `element` in its present state, without the controls in the list `hide`.
 */
export function frameAddress(element, hide) {
  const { language } = element;
  const pairs = [
    ["figure", element.name],
    ...element.figure.state().changed,
    ["hide", hide ?? element.getAttribute("hide")],
    ...["lock", ...TASKS].map((name) => [name, element.getAttribute(name)]),
    ["lang", language === "en" ? "" : language],
  ];
  const query = pairs.filter(([, value]) => value).map(([key, value]) => `${encode(key)}=${encode(value)}`);
  return `${home() ?? ELSEWHERE}figure.html?${query.join("&")}`;
}

/**
 * The kinds of snippets. Each has a name, or the key of one, and a function from a description of the figure to the snippet.
 */
const SNIPPETS = {
  iframe: ["embed.iframe", ({ frame }) => frame()],
  element: [
    "embed.element",
    ({ base, element }) => `<script type="module" src="${base}divergence-figure.js"></script>\n${element}`,
  ],
  markdown: ["Markdown", ({ name, alt, address }) => `[![${alt.replace(/[\\[\]<>`*_]/g, "\\$&")}](${name}.png)](${address})`],
  quarto: [
    "Quarto",
    ({ frame, name, caption, alt }) => `::: {.content-visible when-format="html"}
\`\`\`{=html}
${frame()}
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
    ({ frame, name, caption }) => `\`\`\`\`{only} html
\`\`\`{raw} html
${frame()}
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

function aboutFigure(element, hide) {
  const { figure, name } = element;
  const words = wordsOf(element);
  const title = words(`${name}.title`);
  const address = frameAddress(element, hide);
  const height = frameHeight(element);
  const state = figure.state();
  const frame = (source = "src") =>
    `<iframe ${source}="${escapeHtml(address)}" title="${escapeHtml(title)}"\n  style="width: 100%; height: ${height}px; border: 0" allow="clipboard-write"></iframe>`;
  const quoted = (value) => (/^[\w.,-]+$/.test(value) ? value : `'${value}'`);
  return {
    name,
    title,
    words,
    caption: words("embed.live", { title, address: `<${address}>` }),
    alt: state.summary,
    address,
    frame,
    base: home() ?? ELSEWHERE,
    element: tag(element, { hide }),
    settings: state.changed.map(([key, value]) => ` --set ${key}=${quoted(value)}`).join(""),
  };
}

/** The snippet of `kind` for `element` in its present state. */
export function snippet(element, kind, hide) {
  return SNIPPETS[kind][1](aboutFigure(element, hide));
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
  const hidden = new Set(names(element.getAttribute("hide")));
  const code = make("textarea", { readOnly: true, rows: 9, spellcheck: false, ariaLabel: words("embed.code") });
  const told = make("span", { className: "told", role: "status" });
  const show = () => {
    code.value = snippet(element, kind, [...hidden].join(","));
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
  const parts = [...element.figure.parts(), ...element.parameters.map(({ key }) => key)];
  const boxes = parts
    .filter((part) => root.querySelector(`[data-part="${part}"]`))
    .map((part) => {
      const box = make("input", { type: "checkbox", checked: !hidden.has(part) });
      box.addEventListener("change", () => {
        hidden[box.checked ? "delete" : "add"](part);
        show();
      });
      return make("label", {}, box, ` ${partName(element, part)}`);
    });
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
    make("details", {}, make("summary", { textContent: words("embed.parts") }), make("div", {}, ...boxes)),
    make("form", { method: "dialog" }, copy, told, close),
  );
  dialog.addEventListener("close", () => dialog.remove());
  // A click beside the dialog closes it.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  show();
  root.append(dialog);
  dialog.showModal();
}

function partName(element, part) {
  const words = wordsOf(element);
  const known = (key) => (words(key) === key ? undefined : words(key));
  return known(`${element.name}.param.${part}`) ?? known(`param.${part}`) ?? known(`part.${part}`) ?? part;
}
