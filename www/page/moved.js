// Leads from a figure's own address to the figure in its chapter, in the state that the address says.
{
  const [page, figure] = document.documentElement.dataset.there.split("#");
  location.replace(`${page}${location.search}#${figure}`);
}
