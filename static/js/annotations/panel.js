// My notes beside the text: edit, delete and undo, go to a passage or to a moment of the film.
import { bringIntoView } from "../modules/page.js";

export function wirePanel(panel, { film, edit, moment, ask, lead, remove, undo }) {
  const now = panel.querySelector("[data-note-now]");
  if (film && now) {
    now.hidden = false;
    now.addEventListener("click", () => {
      film.pause();
      const mediaMs = Math.round(film.currentTime * 1000);
      moment(mediaMs, new Date(mediaMs).toISOString().slice(mediaMs < 3_600_000 ? 14 : 11, 19));
    });
  }

  panel.querySelector("[data-ask]").addEventListener("click", (event) => {
    const mediaMs = Math.round((film?.currentTime ?? 0) * 1000);
    if (!mediaMs || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    ask(mediaMs); // about the moment that was reached
  });

  panel.addEventListener("click", (event) => {
    const item = event.target.closest("[data-note]");
    const link = event.target.closest("a, button, blockquote");
    if (!item || !link) return;
    const { note: id, version, color, start, end } = item.dataset;
    if (link.matches("[data-delete-note]")) remove(id, version);
    else if (link.matches("[data-edit-note]")) {
      const said = item.querySelector("blockquote")?.lastChild.data.trim() ?? "";
      const note = item.querySelector(".my-note-text")?.textContent ?? "";
      edit({ passage: start ? { start: +start, end: +end } : { said }, known: { id, version: +version, color, note } });
    } else if (film && link.matches("[data-moment]")) {
      film.currentTime = link.dataset.moment / 1000;
      bringIntoView(film);
      film.focus();
    } else {
      if (link.matches("blockquote")) lead(id);
      return;
    }
    event.preventDefault();
  });

  panel.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-undo]")) return;
    event.preventDefault();
    undo(event.target);
  });
}
