// A page that waits for the server (a video being prepared) looks again by itself, and reloads when the wait is over.
import { freshPage } from "./page.js";

export function pollPage() {
  const waiting = document.querySelector("[data-poll-page]");
  if (!waiting) return;
  const wait = Number(waiting.dataset.pollPage) * 1000;
  const look = async () => {
    if (document.visibilityState === "visible") {
      const page = await freshPage().catch(() => null);
      if (page && !page.querySelector("[data-poll-page]")) {
        location.reload();
        return;
      }
    }
    setTimeout(look, wait);
  };
  setTimeout(look, wait);
}
