// Taking a figure away, as a picture, as data, as a file or as a snippet: the script for it is loaded when it is first
// needed, where a page has it in a file of its own.
import { wordsOf } from "../shared/words.js";

let functions;

/** `loading` gives the functions for it, or a promise of them. */
export function awayBy(loading) {
  functions = loading;
}

/** The functions for taking `element`'s figure away. Rejects with a sentence if they do not arrive. */
export async function away(element) {
  try {
    return await functions();
  } catch ({ message }) {
    throw new Error(wordsOf(element)("problem.away", { message }));
  }
}
