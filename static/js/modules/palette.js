// Search from anywhere: the link in the header, Ctrl-K and "/" open the search in a dialog. What it takes is loaded only then.
// A single key must be possible to turn off (WCAG 2.1.4): speech input types letters that nobody meant.
import { kept } from "./page.js";

const APPLE = /Mac|iPad|iPhone/.test(navigator.platform); // there Control+K deletes to the end of the line
const slash = kept("localStorage", "nok.search-by-slash");

export function wirePalette() {
  const link = document.querySelector("[data-palette]");
  if (!link) return;
  link.ariaHasPopup = "dialog";
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link.href);
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !asked(event)) return;
    event.preventDefault();
    open(link.href);
  });
}

function asked({ key, ctrlKey, metaKey, altKey, shiftKey, target }) {
  if (key?.toLowerCase() === "k") return (APPLE ? metaKey && !ctrlKey : ctrlKey) && !altKey && !shiftKey;
  if (key !== "/" || ctrlKey || metaKey || altKey || slash.read() === false) return false;
  return !target.closest("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]");
}

async function open(url) {
  const own = document.querySelector("main [data-search-page] input[type=search]");
  if (own) return own.select();
  try {
    const { openPalette } = await import("../palette.js");
    await openPalette(url, slash);
  } catch {
    location.assign(url); // the page does the same
  }
}
