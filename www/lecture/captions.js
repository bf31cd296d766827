// What is said on a screen: text in which `{name}` stands for a number of the figure.

const NUMBER = /\{([^}]*)\}/;

/** A paragraph of `text`, with places for its numbers. */
export function say(text) {
  const paragraph = document.createElement("p");
  paragraph.append(
    ...text.split(NUMBER).map((piece, index) => {
      if (index % 2 === 0) {
        return piece;
      }
      const place = document.createElement("data");
      place.dataset.readout = piece;
      return place;
    }),
  );
  return paragraph;
}

/** `text` with the numbers as they are in `readouts`. */
export function gist(text, readouts) {
  const number = (name) => readouts.find(({ key }) => key === name)?.text ?? "…";
  return text.split(NUMBER).map((piece, index) => (index % 2 ? number(piece) : piece)).join("");
}
