// A figure alone whose script does not come: its picture stands in its place, and a sentence says what is missing. A frame
// without an origin gets no modules unless the server allows it; this script is none. The build replaces WORDS by the sentence in
// each language.
addEventListener("load", () => {
  if (customElements.get("divergence-figure")) {
    return;
  }
  const query = new URLSearchParams(location.search.replaceAll("&amp;", "&"));
  const words = WORDS;
  const language = query.get("lang")?.split("-")[0];
  const told = document.createElement("p");
  told.setAttribute("role", "alert");
  told.textContent = Object.hasOwn(words, language) ? words[language] : words.en;
  const picture = document.createElement("img");
  picture.alt = "";
  picture.src = `pictures/${encodeURIComponent(query.get("figure"))}.svg`;
  // There may be no such figure.
  picture.addEventListener("error", () => picture.remove());
  document.body.replaceChildren(told, picture);
});
