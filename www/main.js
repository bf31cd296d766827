// The script with everything inside: of the single file, of files with one figure, and of programs that hold it. What other
// scripts leave out is in it, too.
import { define } from "./define.js";
import { openEmbed } from "./embed/embed.js";
import { isFrame, startFrame } from "./embed/frame.js";
import { png, save, svg } from "./embed/save.js";
import { startLanguages } from "./page/language.js";
import { startPage } from "./page/page.js";

if (define(() => ({ openEmbed, png, save, svg }))) {
  if (isFrame()) {
    startFrame();
  } else if (document.documentElement.hasAttribute("data-explainer")) {
    startLanguages();
    startPage();
  }
}
