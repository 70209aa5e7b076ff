// Highlight This Text and My Notes, on a page that has both: a text that may be annotated, and the place beside it.
import { draw, noteAt, rangeOfNote } from "./annotations/draw.js";
import { wireBlocks } from "./annotations/blocks.js";
import { storeFor } from "./annotations/store.js";
import { readText, wholeWords } from "./annotations/text.js";
import { wireToolbar } from "./annotations/toolbar.js";
import { announce } from "./modules/announcer.js";
import { bringIntoView, kept } from "./modules/page.js";

const root = document.querySelector("[data-annotatable]");
const panel = document.querySelector("[data-note-panel]");
const bar = document.querySelector("[data-marker]");
if (root && panel && bar) start();

function start() {
  const words = document.querySelector("[data-marker-words]").dataset;
  const box = document.querySelector("[data-note-box]");
  const store = storeFor(panel);
  const last = kept("localStorage", "nok.marker");
  const place = panel.querySelector("[data-notes-place]");
  let read = readText(root);
  let latest = null; // what was highlighted last: N adds a note to it
  const text = () => read;
  const say = (sentence) => announce(sentence, words.many);
  root.addEventListener("nok:changed", () => {
    read = readText(root);
    redraw();
  });

  const redraw = () => draw({ ...read, again: () => (read = readText(root)) }, shown());
  const shown = () =>
    [...panel.querySelectorAll("[data-note][data-start]")].map(({ dataset }) => ({
      id: dataset.note, color: dataset.color, noted: "noted" in dataset, start: +dataset.start, end: +dataset.end,
    }));

  const refresh = async () => {
    const fresh = await store.list();
    if (!fresh) return;
    place.replaceChildren(...fresh.childNodes);
    redraw();
  };

  const keep = async (passage, color, note = "", known = null) => {
    const marked = { ...passage, quote: passage.mediaMs === undefined ? read.say(passage.start, passage.end) : "", color, note };
    const answer = await (known ? store.change(known.id, known.version, marked) : store.make(marked));
    if (answer.waits) return say(answer.status === 401 ? words.signedOut : words.waiting);
    if (answer.status >= 400) return say(answer.message || words.failed);
    last.write(color);
    latest = note ? null : { id: answer.told.id.split("/").at(-1), version: 1, passage, color };
    await refresh();
    say(note ? words.kept : words.highlighted);
  };

  const chosen = () => last.read() ?? "amber";

  const write = (passage, known = null) => {
    const quote = passage.said ?? read.say(passage.start, passage.end);
    const field = box.querySelector("[data-box-note]");
    const back = document.activeElement;
    box.querySelector("[data-box-quote]").textContent = quote.length > 280 ? `${quote.slice(0, 279)}…` : quote;
    field.value = "";
    box.returnValue = "";
    box.showModal();
    field.focus();
    box.addEventListener("close", async () => {
      back?.focus?.();
      if (box.returnValue === "keep" && field.value.trim()) {
        await keep(passage, known?.color ?? chosen(), field.value.trim(), known);
      }
    }, { once: true });
  };

  const cite = async (passage) => {
    const title = document.querySelector("h1").textContent.trim();
    const author = document.querySelector("[data-author]")?.textContent.trim();
    const address = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
    const quote = read.say(passage.start, passage.end);
    await navigator.clipboard.writeText(`“${quote}”\n${[author, title, address].filter(Boolean).join(". ")}`);
    say(words.copied);
  };

  const toolbar = wireToolbar(root, text, bar, async (button, passage, touched) => {
    const grown = touched ? wholeWords(read, passage) : passage;
    const { mark } = button.dataset;
    toolbar.close();
    if (button.matches("[data-cite]")) return cite(grown).catch(() => say(words.failed));
    if (button.matches("[data-note-selection]")) return write(grown);
    getSelection().removeAllRanges();
    await keep(grown, mark || chosen());
  });

  wireBlocks(root, words.block, (block) => {
    const range = new Range();
    range.selectNodeContents(block);
    const passage = read.within(range);
    if (passage) keep(passage, chosen());
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.key.toLowerCase() !== "n" || event.ctrlKey || event.metaKey || event.altKey || !latest) return;
    if (!getSelection().isCollapsed || event.target.closest("input, textarea, select, dialog")) return;
    event.preventDefault();
    write(latest.passage, latest);
  });

  root.addEventListener("click", (event) => {
    if (!getSelection().isCollapsed || event.target.closest("a, button")) return;
    const note = noteAt(event.clientX, event.clientY);
    if (note) lead(note.id);
  });

  const film = document.querySelector("[data-player] video, video");
  const now = panel.querySelector("[data-note-now]");
  if (film && now) {
    now.hidden = false;
    now.addEventListener("click", () => {
      film.pause();
      const mediaMs = Math.round(film.currentTime * 1000);
      const at = new Date(mediaMs).toISOString().slice(mediaMs < 3_600_000 ? 14 : 11, 19);
      write({ mediaMs, said: at });
    });
  }

  panel.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-delete-note]");
    const item = event.target.closest("[data-note]");
    if (button) {
      event.preventDefault();
      const { status } = await store.remove(item.dataset.note, item.dataset.version).catch(() => ({ status: 0 }));
      if (status !== 204) return say(words.failed);
      await refresh();
      say(words.deleted);
      document.getElementById("my-notes").focus();
    } else if (film && event.target.closest("[data-moment]")) {
      event.preventDefault();
      film.currentTime = event.target.closest("[data-moment]").dataset.moment / 1000;
      bringIntoView(film);
      film.focus();
    } else if (item && event.target.closest("blockquote")) {
      flash(item.dataset.note);
    }
  });

  const lead = (id) => {
    const item = document.getElementById(`note-${id}`);
    if (!item) return;
    bringIntoView(item);
    item.classList.add("pointed");
    setTimeout(() => item.classList.remove("pointed"), 2000);
  };

  const flash = (id) => {
    const range = rangeOfNote(id);
    if (!range) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
  };

  redraw();
  if (location.hash.startsWith("#note-")) requestAnimationFrame(() => flash(location.hash.slice(6)));
  const sendWaiting = async () => {
    if (await store.sendWaiting()) await refresh();
  };
  addEventListener("online", sendWaiting);
  sendWaiting();
  root.dataset.annotating = "ready";
}
