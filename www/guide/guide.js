// The single file in a frame's `srcdoc`: there an address that is only a fragment or a query is taken for one of the page
// around the frame, so what the guide's links say is done by hand. Anywhere else links work by themselves.
if (location.protocol === "about:") {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#'], a[target=explainer]");
    const address = link && new URL(link.getAttribute("href"), "https://example.org/");
    // Links in the prose, which set a figure, are the page's own.
    if (!address || address.hash.includes("?")) {
      return;
    }
    event.preventDefault();
    location.hash = address.hash.startsWith("#lecture=") ? "" : address.hash;
    if (address.search && !address.searchParams.has("view") && !link.dataset.language) {
      const name = address.hash.slice(1);
      // In which language it opens: it is open.
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
