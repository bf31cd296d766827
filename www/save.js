// Taking a figure away: as a picture or as data.

/** The scale of a saved PNG: sharp in print and on any screen. */
const PNG_SCALE = 2;

/** Downloads `element`'s figure as "svg", "png" or "csv". */
export function save(element, kind) {
  const { figure, width, theme, name } = element;
  const download = (blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${name}.${kind}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  if (kind === "svg") {
    download(new Blob([figure.svg(width, theme)], { type: "image/svg+xml" }));
  } else if (kind === "csv") {
    download(new Blob([figure.csv()], { type: "text/csv" }));
  } else {
    const drawn = document.createElement("canvas");
    figure.draw(drawn, width, PNG_SCALE, theme);
    const paper = Object.assign(document.createElement("canvas"), { width: drawn.width, height: drawn.height });
    const context = paper.getContext("2d");
    context.fillStyle = getComputedStyle(element).getPropertyValue("--panel");
    context.fillRect(0, 0, paper.width, paper.height);
    context.drawImage(drawn, 0, 0);
    paper.toBlob(download, "image/png");
  }
}
