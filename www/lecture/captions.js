// The captions of screens: text in which `{name}` is a readout of the figure.

const NUMBER = /\{([^}]*)\}/;

/** A paragraph of `text`, with elements for its readouts. */
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

/** `text` with the values of `readouts` filled in. */
export function filledText(text, readouts) {
  const number = (name) => readouts.find(({ key }) => key === name)?.text ?? "…";
  return text.split(NUMBER).map((piece, index) => (index % 2 ? number(piece) : piece)).join("");
}
