// Connects the custom element to a notebook. This file is appended to the element's module.

/** The theme of the surrounding notebook (JupyterLab or VS Code), "light" or "dark". Undefined if it has none. */
function notebookTheme() {
  const { jpThemeLight, vscodeThemeKind } = document.body.dataset;
  if (jpThemeLight) {
    return jpThemeLight === "true" ? "light" : "dark";
  }
  return vscodeThemeKind && (vscodeThemeKind.endsWith("light") ? "light" : "dark");
}

/**
 * Keeps keys without Ctrl, ⌘ or Alt from the notebook, except Shift+Enter. A notebook takes letters for commands, one of which
 * deletes cells.
 */
function keepKeys(event) {
  const runs = event.key === "Enter" && event.shiftKey;
  if (!event.ctrlKey && !event.metaKey && !event.altKey && !runs) {
    event.stopPropagation();
  }
}

function render({ model, el }) {
  // The address from which the notebook has loaded this module no longer exists.
  customElements.get("divergence-figure").complete ??= URL.createObjectURL(new Blob([model.get("_esm")], { type: "text/javascript" }));
  const traits = Object.entries(model.get("_keys"));
  const element = document.createElement("divergence-figure");
  element.setAttribute("name", model.get("name"));
  for (const [trait, value] of Object.entries(model.get("_start"))) {
    element.setAttribute(model.get("_keys")[trait], value);
  }

  const wanted = () => Object.fromEntries(traits.map(([trait, key]) => [key, String(model.get(trait))]));
  const differing = (values, others) => traits.filter(([, key]) => values[key] !== others[key]);
  /** The values on which the element and the notebook last agreed. */
  let agreed = {};
  let telling = false;

  function put(name, value) {
    if (value && value !== element.getAttribute(name)) {
      element.setAttribute(name, value);
    } else if (!value) {
      element.removeAttribute(name);
    }
  }

  /** Takes the values of the notebook. */
  async function follow() {
    if (telling) {
      return;
    }
    const theme = model.get("theme");
    put("theme", theme === "auto" ? notebookTheme() : theme);
    ["hide", "lock", "veil", "guess", "goal", "ask"].forEach((name) => put(name, model.get(name)));
    const news = differing(wanted(), agreed);
    if (news.length) {
      agreed = wanted();
      const values = Object.fromEntries(news.map(([, key]) => [key, agreed[key]]));
      await element.set(values).catch(({ message }) => element.complain([message]));
    }
  }

  /** Sends the reader's changes to the notebook, with the numbers that belong to them. */
  function tell({ detail }) {
    // Controls also send change events, which have no detail.
    if (!detail?.values) {
      return;
    }
    const { values } = detail;
    // Values that came from the notebook, perhaps by another view of the same figure, are not sent back.
    const news = differing(values, agreed);
    telling = true;
    for (const [trait, key] of news) {
      const isNumber = typeof model.get(trait) === "number";
      model.set(trait, isNumber ? Number(values[key]) : values[key]);
    }
    telling = false;
    agreed = news.length ? values : agreed;
    if (!differing(values, wanted()).length) {
      const readouts = detail.readouts.map(({ key, value }) => [key, String(value)]);
      model.set("_shown", { values: Object.fromEntries(traits.map(([trait]) => [trait, model.get(trait)])), readouts });
      model.save_changes();
    }
  }

  const themes = new MutationObserver(follow);
  themes.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-vscode-theme-kind"] });
  model.on("change", follow);
  el.addEventListener("keydown", keepKeys);
  element.addEventListener("change", tell);
  el.append(element);
  follow();
  return () => {
    themes.disconnect();
    model.off("change", follow);
    element.remove();
  };
}

export default { render };
