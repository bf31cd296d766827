// Creates elements where there is too little for HTML.

/** A new element `name` with `properties` and `children`. */
export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
