// After the server said that something changed: fetches the page and swaps what is marked for it, keeping the focus.
import { freshPage } from "../modules/page.js";

export async function refreshPanels() {
  const page = await freshPage().catch(() => null);
  if (!page) return;
  for (const old of document.querySelectorAll("[data-refresh][id]")) {
    const fresh = page.getElementById(old.id);
    if (!fresh) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    old.replaceWith(document.adoptNode(fresh));
    if (focused) fresh.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  }
}
