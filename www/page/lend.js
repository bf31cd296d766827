// Applies the styles of the figure before this script to the figures after it. A copy in each of them would be most of what a
// server sends, because most compress with a window of 32 KB. The build inlines this script after the first figure of a page.
{
  const own = ({ shadowRoot }) => shadowRoot;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(own(document.currentScript.previousElementSibling).querySelector("style").textContent);
  globalThis.lend = (figure) => {
    own(figure).adoptedStyleSheets = [sheet];
    // The figure that the address leads to is unpacked at once. Otherwise it would move what is below when it starts.
    const packed = figure.id === location.hash.slice(1).split("?")[0] && own(figure).querySelector(".controls > template");
    if (packed) {
      packed.replaceWith(packed.content);
    }
  };
}
