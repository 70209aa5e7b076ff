// The list of keys, below the player: it opens where it can be seen and read, and gives the focus back when it closes.
import { bringIntoView } from "../modules/page.js";

/** Returns what `?` does in the player. `list` may be missing. */
export function keyList(list) {
  let before = null;
  list?.addEventListener("keydown", (event) => {
    if (!list.open || !["?", "Escape"].includes(event.key)) return;
    event.preventDefault();
    list.open = false;
    before?.focus();
  });
  return () => {
    if (!list) return;
    before = document.activeElement;
    list.open = true;
    list.querySelector("summary").focus({ preventScroll: true });
    bringIntoView(list);
  };
}
