// The menus of a figure, "Sound" and "Save". At most one is open, and it closes when the reader turns to something else.

/** Closes the open menus in `root` that do not contain the target of `event`. */
export function shutMenus(root, event) {
  const way = event.composedPath();
  root.querySelectorAll(".menu[open]").forEach((menu) => (menu.open = way.includes(menu)));
}

/** Closes the menu from which `event` escapes, and returns the focus to its button. */
export function leaveMenu(event) {
  const menu = event.key === "Escape" && event.target.closest?.(".menu[open]");
  if (menu) {
    event.stopPropagation();
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  }
}
