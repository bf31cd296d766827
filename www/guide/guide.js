// Makes the guide's links work if the single file is in a frame's `srcdoc`. There an address that is only a fragment or a
// query would refer to the page around the frame. Everywhere else links work without this script.
if (location.protocol === "about:") {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#'], a[target=explainer]");
    const address = link && new URL(link.getAttribute("href"), "https://example.org/");
    // Links in the prose that set a figure are handled by the page's script.
    if (!address || address.hash.includes("?")) {
      return;
    }
    event.preventDefault();
    location.hash = address.hash.startsWith("#lecture=") ? "" : address.hash;
    if (address.search && !address.searchParams.has("view") && !link.dataset.language) {
      const name = address.hash.slice(1);
      // The parameter for the language is not needed, because the file is already open in it.
      address.searchParams.delete("lang");
      const pairs = address.search.slice(1).replaceAll(`${name}.`, "");
      const own = Object.assign(document.createElement("a"), { href: `#${name}?${pairs}` });
      document.body.append(own);
      own.click();
      own.remove();
      if (!pairs) {
        document.getElementById(name).reset();
      }
    }
  });
}
