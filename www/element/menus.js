// The menus of a figure, "Sound" and "Save": one is open at a time, and it goes when the reader turns to something else.

/** Shuts the open menus in `root` that are not on the way of `event`. */
export function shutMenus(root, event) {
  const way = event.composedPath();
  root.querySelectorAll(".menu[open]").forEach((menu) => (menu.open = way.includes(menu)));
}

/** Shuts the menu that the key of `event` leaves, and gives the focus back to its button. */
export function leaveMenu(event) {
  const menu = event.key === "Escape" && event.target.closest?.(".menu[open]");
  if (menu) {
    event.stopPropagation();
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  }
}
