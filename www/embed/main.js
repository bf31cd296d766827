// The script of the pages of authors, and of frames, which show one figure alone.
import { define } from "../define.js";
import { openEmbed } from "./embed.js";
import { isFrame, startFrame } from "./frame.js";
import { png, save, svg } from "./save.js";

if (define(() => ({ openEmbed, png, save, svg })) && isFrame()) {
  startFrame();
}
