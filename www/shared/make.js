// Elements made by hand, where there is too little of them for HTML.

/** An element `name` with these `properties` and `children`. */
export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
