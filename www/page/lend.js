// Lends the styles of the figure before this script to those that follow: the same for each of them would be most of what a
// server sends, as most compress with a memory of 32 KB. The build puts it behind the first figure of a page.
{
  const own = ({ shadowRoot }) => shadowRoot;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(own(document.currentScript.previousElementSibling).querySelector("style").textContent);
  globalThis.lend = (figure) => {
    own(figure).adoptedStyleSheets = [sheet];
    // The figure that the address leads to is unpacked at once: what is below it would move when it wakes.
    const packed = figure.id === location.hash.slice(1).split("?")[0] && own(figure).querySelector(".controls > template");
    if (packed) {
      packed.replaceWith(packed.content);
    }
  };
}
