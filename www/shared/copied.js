// Text for the reader's clipboard.

/** Copies the text of `area` to the clipboard. Returns whether this worked. */
export async function copied(area) {
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    // A frame may lack the permission. The selected text can be copied with the older command, or by hand.
    return document.execCommand("copy");
  }
}
