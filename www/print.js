// Paper: what is printed is a picture of each figure as it stands now, in place of its canvas.

/** The width of a printed figure in CSS pixels: of a page of A4 between its margins. */
const PAPER = 700;

/** Puts pictures in place of canvases whenever the page is printed. */
export function preparePrint() {
  addEventListener("beforeprint", () => {
    for (const element of document.querySelectorAll("divergence-figure")) {
      element.unpack();
      const stage = element.figure && element.shadowRoot.querySelector(".stage");
      if (stage) {
        const picture = stage.querySelector(".poster.printed") ?? stage.appendChild(document.createElement("div"));
        picture.className = "poster printed";
        picture.innerHTML = element.figure.svg(PAPER, "light");
      }
    }
  });
}
