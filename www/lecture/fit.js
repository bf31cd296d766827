// A drawing on the wall: as large as it lets it be, with words large enough for the last row.

/** Below this width the drawing is not enlarged: it stacks its panels, and the wall scrolls. */
const SMALL = 700;
/** No drawing is laid out wider, in its own pixels: then it gives its headings as many lines as large words need. */
const WIDE = 920;
/** So wide is a table, in its own pixels. */
const WIDTH_OF_TABLE = 940;
/** What part of the wall's height the words of a drawing have at least. */
const LEGIBLE = 1 / 40;
/** Nor are they larger than this part of a drawing's width, for there to be room on a wall that is high and narrow. */
const IN_WIDTH = 1 / 46;

/** Lays out `figure`, at the top left of `wall`, so that it fills it. */
export function fitToWall(figure, wall) {
  const { width: room, height } = wall.getBoundingClientRect();
  const small = room < SMALL;
  if (!room) {
    return;
  }
  const [least, most] = figure.getAttribute("wall") ? [WIDTH_OF_TABLE, WIDTH_OF_TABLE] : [SMALL, WIDE];
  const scale = small ? 1 : Math.min(room / least, height / (figure.offsetHeight || height));
  const width = small ? room : Math.min(room / scale, most);
  const left = (room - width * scale) / 2;
  const top = Math.max(0, (height - figure.offsetHeight * scale) / 2);
  figure.style.width = `${width}px`;
  figure.style.transform = small ? "" : `translate(${left}px, ${top}px) scale(${scale})`;
  figure.legible = small ? 0 : Math.min((innerHeight * LEGIBLE) / scale, width * IN_WIDTH);
}
