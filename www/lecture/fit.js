// The layout of a drawing on the wall: as large as possible, with text large enough for the last row.

/** The width of the wall below which the drawing is not enlarged. It stacks its panels there, and the wall scrolls. */
const SMALL = 700;
/**
 * The greatest width at which a drawing is laid out, in its own pixels. At this width its headings have as many lines as
 * large text needs.
 */
const WIDE = 920;
/** The width at which a table is laid out, in its own pixels. */
const TABLE_WIDTH = 940;
/** The least size of a drawing's text, as a share of the window's height. */
const LEGIBLE = 1 / 40;
/** The limit of that size, as a share of the drawing's width, so that the text has room on a high and narrow wall. */
const LEGIBLE_IN_WIDTH = 1 / 46;

/** Fits `figure` into `wall`, at whose top left it is placed. */
export function fitToWall(figure, wall) {
  const { width: room, height } = wall.getBoundingClientRect();
  const small = room < SMALL;
  if (!room) {
    return;
  }
  const [least, most] = figure.getAttribute("wall") ? [TABLE_WIDTH, TABLE_WIDTH] : [SMALL, WIDE];
  const scale = small ? 1 : Math.min(room / least, height / (figure.offsetHeight || height));
  const width = small ? room : Math.min(room / scale, most);
  const left = (room - width * scale) / 2;
  const top = Math.max(0, (height - figure.offsetHeight * scale) / 2);
  figure.style.width = `${width}px`;
  figure.style.transform = small ? "" : `translate(${left}px, ${top}px) scale(${scale})`;
  figure.legible = small ? 0 : Math.min((innerHeight * LEGIBLE) / scale, width * LEGIBLE_IN_WIDTH);
}
