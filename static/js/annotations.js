// Highlight This Text and My Notes, on a page that has both: a text that may be annotated, and the place beside it.
import { wireBlocks } from "./annotations/blocks.js";
import { wireBox } from "./annotations/box.js";
import { draw, noteAt, rangeOfNote } from "./annotations/draw.js";
import { wirePanel } from "./annotations/panel.js";
import { storeFor } from "./annotations/store.js";
import { wholeWords } from "./annotations/text.js";
import { wireToolbar } from "./annotations/toolbar.js";
import { announce } from "./modules/announcer.js";
import { bringIntoView, kept } from "./modules/page.js";

const root = document.querySelector("[data-annotatable]");
const panel = document.querySelector("[data-note-panel]");
const bar = document.querySelector("[data-marker]");
if (root && panel && bar) start();

function start() {
  const words = document.querySelector("[data-marker-words]").dataset;
  const store = storeFor(panel);
  const last = kept("localStorage", "nok.marker");
  const place = panel.querySelector("[data-notes-place]");
  const count = document.querySelector("[data-notes-count]");
  const sheet = document.getElementById("notes-sheet");
  const opened = () => Boolean(sheet.showPopover) && sheet.matches(":popover-open");
  const show = () => getComputedStyle(sheet).position === "fixed" && !opened() && sheet.showPopover();
  const keys = !("noKeys" in panel.dataset); // a single key must be possible to turn off (WCAG 2.1.4)
  const chosen = () => last.read() ?? "amber";
  const say = (sentence) => announce(sentence, words.many);
  let read;
  let latest = null; // what was highlighted last: N adds a note to it

  const redraw = () => {
    const listed = [...panel.querySelectorAll("[data-note][data-start]")].map(({ dataset }) => ({
      id: dataset.note, color: dataset.color, noted: "noted" in dataset, start: +dataset.start, end: +dataset.end,
    }));
    const waiting = store.waiting();
    const marked = waiting.filter(({ marked: { start } }) => start !== undefined)
      .map(({ id, marked: { start, end, color, note } }) => ({ id, color, noted: Boolean(note), start, end }));
    read = draw(root, [...listed, ...marked]);
    count.textContent = panel.querySelectorAll("[data-note]").length || "";
    panel.querySelector("[data-notes-waiting]").hidden = !waiting.length;
  };

  const refresh = async (deleted = "") => {
    const fresh = await store.list(deleted);
    if (!fresh) return;
    place.replaceChildren(...fresh.childNodes);
    redraw();
  };

  /** Says why a note could not be kept, with what was written elsewhere meanwhile. */
  const problemOf = async ({ status, message, entry }) => {
    if (status !== 412) return { message: message || words.failed };
    const now = await store.one(entry.id);
    if (now.status !== 200) return { message: words.failed };
    return { message: words.conflict, theirs: now.told.body?.value ?? "", version: now.version };
  };

  /** Keeps a passage with its color and note; returns null, or why that is not possible. */
  const keep = async (passage, color, note = "", known = null) => {
    const quote = passage.start === undefined ? "" : read.say(passage.start, passage.end);
    const answer = await store.keep({ ...passage, quote, color, note }, known);
    if (answer.waits) {
      redraw();
      say(answer.status === 401 ? words.signedOut : words.waiting);
      return null;
    }
    if (answer.status === 404 && known) { // deleted elsewhere: the words are kept as a new note
      store.drop(known.id);
      return keep(passage, color, note);
    }
    if (answer.status >= 400) {
      const problem = await problemOf(answer);
      store.drop(answer.entry.id);
      return problem;
    }
    last.write(color);
    const { told, version } = answer;
    latest = note ? null : { passage, known: { id: told.id.split("/").at(-1), version, color, note: told.body?.value ?? "" } };
    await refresh();
    say(note ? words.kept : keys ? words.highlighted : words.marked);
    return null;
  };

  const box = wireBox(document.querySelector("[data-note-box]"), {
    address: panel.dataset.marked,
    say: (passage) => passage.said ?? (passage.start === undefined ? "" : read.say(passage.start, passage.end)),
    save: (passage, note, known) => keep(passage, known?.color ?? chosen(), note, known),
    forget: (id) => id && store.drop(id),
    // A dialog closes the sheet that it was opened from.
    leaving: () => opened(),
    returning: show,
  });

  const asking = panel.querySelector("[data-ask]");
  const ask = (about) => {
    const address = new URL(asking.href);
    for (const [name, value] of Object.entries(about)) address.searchParams.set(name, value);
    location.assign(address);
  };

  const highlight = async (passage, color) => {
    const problem = await keep(passage, color);
    if (problem) say(problem.message);
  };

  const cite = async (passage) => {
    const title = document.querySelector("h1").textContent.trim();
    const author = document.querySelector("[data-author]")?.textContent.trim();
    const address = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
    const quote = read.say(passage.start, passage.end);
    await navigator.clipboard.writeText(`“${quote}”\n${[author, title, address].filter(Boolean).join(". ")}`);
    say(words.copied);
  };

  const toolbar = wireToolbar(root, () => read, bar, async (button, passage, touched) => {
    const grown = touched ? wholeWords(read, passage) : passage;
    const { mark } = button.dataset;
    toolbar.close();
    if (button.matches("[data-cite]")) return cite(grown).catch(() => say(words.failed));
    if (button.matches("[data-note-selection]")) return box.open(grown);
    if (button.matches("[data-ask-selection]")) return ask({ source: panel.dataset.marked, start: grown.start, end: grown.end });
    getSelection().removeAllRanges();
    await highlight(grown, mark || chosen());
  }, { keys });

  wireBlocks(root, words.block, (block) => {
    const range = new Range();
    range.selectNodeContents(block);
    const passage = read.within(range);
    if (passage) highlight(passage, chosen());
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.key.toLowerCase() !== "n" || event.ctrlKey || event.metaKey || event.altKey || !latest || !keys) return;
    if (!getSelection().isCollapsed || event.target.closest("input, textarea, select, dialog")) return;
    event.preventDefault();
    box.open(latest.passage, { known: latest.known });
  });

  root.addEventListener("click", (event) => {
    if (!getSelection().isCollapsed || event.target.closest("a, button")) return;
    const note = noteAt(event.clientX, event.clientY);
    if (note) lead(note.id);
  });

  const film = document.querySelector("[data-player] video, video");
  wirePanel(panel, {
    film,
    edit: (note) => box.open(note.passage, { known: note.known }),
    moment: (mediaMs, said) => box.open({ mediaMs, said }),
    ask: (mediaMs) => ask({ media_ms: mediaMs }),
    lead: flash,
    async remove(id, version) {
      const { status } = await store.remove(id, version);
      if (status !== 204) return say(words.failed);
      await refresh(id);
      say(words.deleted);
      panel.querySelector("[data-undo] button")?.focus();
    },
    async undo(form) {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
      if (answer?.type !== "opaqueredirect") return say(words.failed);
      await refresh();
      document.getElementById("my-notes").focus();
    },
  });

  function lead(id) {
    const item = document.getElementById(`note-${id}`);
    if (!item) return;
    show();
    bringIntoView(item);
    if (opened()) item.querySelector("a, button")?.focus({ preventScroll: true });
    item.classList.add("pointed");
    setTimeout(() => item.classList.remove("pointed"), 2000);
  }

  function flash(id) {
    const range = rangeOfNote(id);
    if (!range) return lead(id);
    if (opened()) sheet.hidePopover();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
  }

  /** Sends what waits on this device; what the server refuses is put before its writer again, one at a time. */
  const sendWaiting = async () => {
    const { sent, refused } = await store.sendWaiting();
    if (sent) await refresh();
    const [first] = refused;
    if (!first) return;
    const { note, quote, ...passage } = first.entry.marked;
    const known = first.entry.version ? first.entry : null;
    const problem = await problemOf(first);
    if (note) box.open({ ...passage, said: quote }, { known, note, problem });
    else store.drop(first.entry.id); // a color without a note, on words that are gone
  };

  const goOn = panel.querySelector("[data-note-draft]");
  goOn.hidden = !box.draft();
  goOn.addEventListener("click", () => {
    goOn.hidden = true;
    const { passage, known, note } = box.draft();
    box.open(passage, { known, note });
  });

  redraw();
  if (location.hash.startsWith("#note-")) requestAnimationFrame(() => flash(location.hash.slice(6)));
  addEventListener("online", sendWaiting);
  sendWaiting();
  root.dataset.annotating = "ready";
}
