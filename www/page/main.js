// The script of the explainer's own pages. It connects figures and prose.
import { define } from "../define.js";
import { addressParameters, asksForOne } from "../element/address.js";
import { pageLanguage } from "../shared/engine.js";
import { script } from "../shared/fetched.js";
import { startPage } from "./page.js";

if (asksForOne()) {
  showAlone();
} else if (define(() => script(ASSETS.embed, "openEmbed"))) {
  startPage();
}

/** Goes to the page that shows the figure of the address alone, in the language of this one. */
function showAlone() {
  const query = addressParameters();
  query.set("lang", query.get("lang") ?? pageLanguage());
  location.replace(`${ASSETS.frame}?${query}`);
}
