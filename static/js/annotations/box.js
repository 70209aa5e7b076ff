// The box for a note. What is typed into it is kept on the device until the server has it: a closed tab, a refusal and a
// change made elsewhere meanwhile lose nothing of it.
import { kept } from "../modules/page.js";

/**
 * Wires the box. `save(passage, note, known)` keeps a note and returns null, or why not: `{ message }`, and where it was
 * changed elsewhere `{ message, theirs, version }`.
 */
export function wireBox(box, { address, say, save, forget, leaving, returning }) {
  const field = box.querySelector("[data-box-note]");
  const error = box.querySelector("[data-box-error]");
  const theirs = box.querySelector("[data-box-theirs]");
  const draft = kept("localStorage", `nok.draft.${document.body.dataset.person}.${address}`);
  let about = null; // { passage, known }
  let back = null;
  let fromSheet = false;

  const show = (problem) => {
    error.hidden = !problem;
    error.textContent = problem?.message ?? "";
    theirs.hidden = !problem?.version;
    theirs.querySelector("[data-box-other]").textContent = problem?.theirs ?? "";
    if (problem?.version) about.known = { ...about.known, version: problem.version, note: problem.theirs };
    if (!box.open) {
      fromSheet ||= leaving();
      box.returnValue = "";
      box.showModal();
    }
    field.focus();
  };

  /** Opens it for a passage, or for a note that is known; with `problem` where it could not be kept. */
  const open = (passage, { known = null, note = known?.note ?? "", problem = null } = {}) => {
    const quote = say(passage);
    about = { passage, known };
    back ??= document.activeElement;
    box.querySelector("[data-box-quote]").textContent = quote.length > 280 ? `${quote.slice(0, 279)}…` : quote;
    field.value = note;
    show(problem);
  };

  const saved = async (note) => {
    const problem = await save(about.passage, note, about.known);
    if (problem) show(problem);
    else done();
  };

  const done = () => {
    draft.write(null);
    leave();
  };

  /** Gives the focus back to where it came from; a note that was drawn anew meanwhile is no longer there to have it. */
  const leave = () => {
    if (fromSheet) returning();
    fromSheet = false;
    if (back?.isConnected) back.focus();
    else document.getElementById("my-notes")?.focus();
    back = null;
  };

  field.addEventListener("input", () => draft.write(field.value.trim() ? { ...about, note: field.value } : null));
  box.addEventListener("close", () => {
    const mine = field.value.trim();
    const other = about.known?.note ?? "";
    if (box.returnValue === "keep" && (mine || about.known)) saved(mine);
    else if (box.returnValue === "both") saved(`${other}\n\n${mine}`);
    else if (box.returnValue === "theirs" || box.returnValue === "discard") {
      forget(about.known?.id);
      done();
    } else leave(); // by Escape: what was typed can be gone on with
  });
  return { open, draft: () => draft.read() };
}
