// What is typed into a long form stays on this device until the server has said that it has it: a closed tab, a lost network
// and a refused saving lose nothing. Words that were typed over another saving than the present one are not put back unasked.
import { kept } from "./page.js";

const REMEMBER_MS = 250;
const OF_THE_PAGE = ["csrf_token", "version", "sending"];

export function keepTyped() {
  const arrived = document.querySelector("[data-typed-saved]");
  if (arrived) forget(arrived.dataset.typedSaved);
  const form = document.querySelector("form[data-typed]");
  if (form) keep(form, storeOf(form.dataset.typed), storeOf(`${form.dataset.typed}.older`));
}

const storeOf = (name) => kept("localStorage", `nok.typed.${document.body.dataset.person}.${name}`);

/** The page after a saving names the sending that it was: only that one is known to have arrived. */
function forget(name) {
  const store = storeOf(name);
  const sent = new URLSearchParams(location.search).get("sent");
  if (sent && store.read()?.sent === sent) store.write(null);
}

function keep(form, store, older) {
  const { base } = form.dataset;
  const refused = "typedRefused" in form.dataset;
  const shown = read(form);
  let touched = refused;
  let timer;

  const remember = (sent = "") => {
    clearTimeout(timer);
    const fields = read(form);
    if (!refused && same(fields, shown)) store.write(null);
    else store.write({ fields, base, sent });
  };

  const found = store.read();
  if (refused) remember();
  else if (found && same(found.fields, shown)) store.write(null);
  else if (found?.base === base) {
    put(form, found.fields);
    offer("back", () => { put(form, shown); store.write(null); });
  } else if (found) {
    older.write(found);
    store.write(null);
  }
  const left = older.read();
  if (left) offer("older", () => { put(form, left.fields); older.write(null); touched = true; remember(); }, () => older.write(null));

  form.addEventListener("input", () => {
    touched = true;
    clearTimeout(timer);
    timer = setTimeout(remember, REMEMBER_MS);
  });
  addEventListener("pagehide", () => touched && remember());
  form.addEventListener("submit", () => {
    form.elements.sending.value = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
    remember(form.elements.sending.value);
    touched = false; // the page that follows knows what became of it
  });
  document.querySelector("[data-typed-discard]")?.addEventListener("submit", () => {
    touched = false;
    for (const each of [store, older]) each.write(null);
  });
}

/** Shows a sentence above the form, with a button that acts, and where it may be dismissed with one that does that. */
function offer(which, act, dismiss) {
  const notice = document.querySelector(`[data-typed-notice=${which}]`);
  notice.hidden = false;
  const done = (what) => () => {
    what();
    notice.hidden = true;
    document.querySelector("form[data-typed] input:not([type=hidden])").focus();
  };
  notice.querySelector("[data-act]").addEventListener("click", done(act));
  notice.querySelector("[data-dismiss]")?.addEventListener("click", done(dismiss));
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The names and values of a form in its order, without files and without what belongs to the page. */
function read(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OF_THE_PAGE.includes(name));
}

function put(form, fields) {
  for (const control of form.elements) {
    if (!control.name || OF_THE_PAGE.includes(control.name) || control.type === "file") continue;
    if (control.type === "checkbox") control.checked = fields.some(([name, value]) => name === control.name && value === control.value);
    else control.value = fields.find(([name]) => name === control.name)?.[1] ?? "";
  }
}
