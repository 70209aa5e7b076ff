// What is typed into a long form stays on this device until the server has it: a closed tab and a lost network lose nothing.
// The form counts its savings (`version`): words that were typed over an older one are not put back unasked.
import { kept } from "./page.js";

const REMEMBER_MS = 250;
const NOT_KEPT = ["csrf_token", "version"];

export function keepTyped() {
  const form = document.querySelector("form[data-typed]");
  const store = kept("localStorage", `nok.typed.${document.body.dataset.person}.${form.dataset.typed}`);
  const notice = document.querySelector("[data-typed-notice]");
  const version = Number(form.elements.version.value);
  const shown = read(form);
  let touched = false;
  let timer;

  const remember = (more = {}) => {
    clearTimeout(timer);
    const fields = read(form);
    store.write(same(fields, shown) ? null : { fields, version, ...more });
  };

  const found = store.read();
  if (found && found.version === version && !same(found.fields, shown)) {
    put(form, found.fields);
    offer(notice, "back", () => put(form, shown), store);
  } else if (found?.sent || (found && same(found.fields, shown))) store.write(null); // it has arrived
  else if (found) offer(notice, "older", () => put(form, found.fields), store);

  form.addEventListener("input", () => {
    touched = true;
    clearTimeout(timer);
    timer = setTimeout(remember, REMEMBER_MS);
  });
  addEventListener("pagehide", () => touched && remember());
  form.addEventListener("submit", () => {
    remember({ sent: true });
    touched = false; // what is on its way is not taken for unsent when the page goes
  });
}

function offer(notice, which, act, store) {
  const part = notice.querySelector(`[data-${which}]`);
  notice.hidden = part.hidden = false;
  part.querySelector("button").addEventListener("click", () => {
    act();
    if (which === "back") store.write(null);
    notice.hidden = true;
    document.querySelector("form[data-typed] input:not([type=hidden])").focus();
  });
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The names and values of a form in its order, without files and without what belongs to the page. */
function read(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.includes(name));
}

function put(form, fields) {
  for (const control of form.elements) {
    if (!control.name || NOT_KEPT.includes(control.name) || control.type === "file") continue;
    if (control.type === "checkbox") control.checked = fields.some(([name, value]) => name === control.name && value === control.value);
    else control.value = fields.find(([name]) => name === control.name)?.[1] ?? "";
  }
}
