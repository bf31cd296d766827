// Redirects from a figure's earlier address to the figure in its chapter, with the state in the address.
{
  const [page, figure] = document.documentElement.dataset.there.split("#");
  location.replace(`${page}${location.search}#${figure}`);
}
