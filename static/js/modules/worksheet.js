// Saves a worksheet while it is typed, and keeps in this browser whatever the server has not confirmed yet.
import { csrfToken, freshPage, kept, postJson, statusOf } from "./page.js";
import { countWords } from "./words.js";

const IDLE_MS = 1_500;
const REMEMBER_MS = 250;
const RETRY_MS = 5_000;
const SIGNED_OUT = [400, 401, 403]; // signing out takes the token along, which shows as 400 before anyone asks who is there

export function wireWorksheet() {
  const form = document.querySelector("form[data-worksheet]");
  if (!form) return;
  const store = kept("localStorage", `nok.worksheet.${document.body.dataset.person}.${form.dataset.worksheet}`);
  if ("locked" in form.dataset) forgetWhatArrived(form, store);
  else new Keeper(form, store).start();
}

/** A worksheet that was handed in: the copy in this browser has done its work when it holds the same words. */
function forgetWhatArrived(form, store) {
  const shown = [...form.querySelectorAll("[data-prompt]")].map((prompt) => prompt.querySelector("[data-written]").textContent);
  const texts = Object.values(store.read()?.texts ?? {}).filter(Boolean);
  if (texts.every((text) => shown.includes(text))) store.write(null);
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

class Keeper {
  #busy = null; // the saving that runs, a promise
  #sent = null; // what was sent and not answered yet: it may have arrived, so it is sent again as it was
  #stopped = false; // until somebody decides which text is right
  #leaving = false;
  #tab = crypto.randomUUID?.() ?? String(Math.random());
  #wake = () => {};
  #timers = {};

  constructor(form, store) {
    this.form = form;
    this.store = store;
    this.messages = JSON.parse(form.dataset.messages);
    this.fields = [...form.querySelectorAll("textarea")];
    this.state = form.querySelector("[data-save-state]");
    this.saves = form.querySelector("input[name=saves]");
    this.saved = this.#texts();
  }

  start() {
    for (const field of this.fields) {
      field.addEventListener("input", () => this.#changed(field));
      field.addEventListener("change", () => void this.#save());
    }
    this.form.addEventListener("submit", (event) => this.#submit(event));
    addEventListener("pagehide", () => this.#remember());
    addEventListener("pageshow", (event) => { if (event.persisted) this.#leaving = false; });
    addEventListener("online", () => this.#wake());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#remember() : this.#wake()));
    // After a refusal the fields hold what the server did not take: only a press of a button sends that once more.
    if ("refused" in this.form.dataset) [this.saved, this.#stopped] = [null, true];
    else this.#bringBack();
  }

  /** Puts back what this browser kept, when the server still has the text that it was typed over. */
  #bringBack() {
    const copy = this.store.read();
    if (!copy?.texts || same(copy.texts, this.saved)) return this.store.write(null);
    const base = copy.base === Number(this.saves.value) || (copy.sent && same(copy.sent, this.saved));
    if (base) return this.#take(copy.texts);
    return this.#ask(this.messages.found, this.messages.take_found, () => this.#take(copy.texts));
  }

  #take(texts) {
    for (const field of this.fields) {
      field.value = texts[keyOf(field)] ?? field.value;
      this.#count(field);
    }
    this.#say(this.messages.restored);
    this.#timers.save = setTimeout(() => void this.#save(), IDLE_MS);
  }

  #texts() {
    return Object.fromEntries(this.fields.map((field) => [keyOf(field), field.value.replaceAll("\r\n", "\n")]));
  }

  #changed(field) {
    this.#count(field);
    clearTimeout(this.#timers.remember);
    clearTimeout(this.#timers.save);
    this.#timers.remember = setTimeout(() => this.#remember(), REMEMBER_MS);
    this.#timers.save = setTimeout(() => void this.#save(), IDLE_MS);
  }

  #count(field) {
    const number = countWords(field.value);
    const line = field.parentElement.querySelector("[data-words]");
    line.textContent = (number === 1 ? this.messages.word : this.messages.words).replace("{count}", number);
  }

  #remember() {
    if (this.fields[0]?.readOnly) return; // two texts wait for a decision: the copy is one of them
    const texts = this.#texts();
    if (!same(texts, this.saved)) {
      this.store.write({ texts, base: Number(this.saves.value), sent: this.#sent, tab: this.#tab });
      return;
    }
    const copy = this.store.read();
    if (copy && (copy.tab === this.#tab || same(copy.texts, texts))) this.store.write(null);
  }

  #save() {
    clearTimeout(this.#timers.save);
    if (!this.#stopped) this.#busy ??= this.#run().finally(() => { this.#busy = null; });
    return this.#busy ?? Promise.resolve(false);
  }

  /** Saves until there is nothing new; false when it cannot go on by itself. */
  async #run() {
    while (this.#sent || !same(this.#texts(), this.saved)) {
      this.#sent ??= this.#texts();
      this.#remember();
      this.#say(this.messages.saving);
      const body = { answers: this.#sent, saves: Number(this.saves.value) };
      const response = await postJson(this.form.dataset.saveUrl, body).catch(() => null);
      if (!(await this.#answered(response))) return false;
    }
    this.#say(this.messages.saved);
    return true;
  }

  async #answered(response) {
    const status = response ? statusOf(response) : 0;
    const answer = response && status < 500 ? await response.json().catch(() => ({})) : {};
    if (status === 200) {
      [this.saved, this.#sent] = [this.#sent, null];
      this.saves.value = answer.saves;
      this.#remember();
      return true;
    }
    if (status === 0 || status === 429 || status >= 500) return this.#later(this.messages.unsaved);
    this.#sent = null;
    if (SIGNED_OUT.includes(status)) return this.#signedOut();
    if (status !== 409 || answer.closed) return this.#halt(answer.message ?? this.messages.unsaved);
    this.#ask(this.messages.conflict, this.messages.keep_page, () => {
      this.saves.value = answer.saves;
      void this.#save();
    });
    return false;
  }

  async #later(text) {
    this.#warn(text);
    if (this.#leaving) return false;
    await new Promise((done) => {
      this.#wake = done;
      setTimeout(done, RETRY_MS);
    });
    return true;
  }

  /** Waits for a sign-in in another tab; the page's token is renewed by it, if it is the same person's. */
  async #signedOut() {
    this.form.querySelector("[data-sign-in]").hidden = false;
    if (!(await this.#later(this.messages.signed_out))) return false;
    const page = await freshPage().catch(() => null);
    const person = page?.body.dataset.person;
    if (!person) return true; // still nobody there: asked again after the next pause
    if (person !== document.body.dataset.person) return this.#halt(this.messages.stranger);
    this.form.querySelector("[data-sign-in]").hidden = true;
    const token = page.querySelector("meta[name=csrf-token]").content;
    document.querySelector("meta[name=csrf-token]").content = token;
    for (const input of document.querySelectorAll("input[name=csrf_token]")) input.value = csrfToken();
    return true;
  }

  #halt(text) {
    this.#warn(text);
    this.#remember();
    return false;
  }

  /** Two texts: shows what each button would do, and does nothing before one is pressed. */
  #ask(text, mine, takeMine) {
    const box = this.form.querySelector("[data-conflict]");
    const settle = (act) => {
      [box.hidden, this.#stopped] = [true, false];
      for (const field of this.fields) field.readOnly = false;
      act();
    };
    this.#remember();
    this.#stopped = true;
    for (const field of this.fields) field.readOnly = true;
    box.querySelector("[data-conflict-text]").textContent = text;
    box.querySelector("[data-act=mine]").textContent = mine;
    box.querySelector("[data-act=theirs]").textContent = this.messages.take_saved;
    box.querySelector("[data-act=mine]").onclick = () => settle(takeMine);
    box.querySelector("[data-act=theirs]").onclick = () => settle(() => {
      this.saved = this.#texts(); // nothing of this page is to be kept
      this.store.write(null);
      location.replace(this.form.dataset.page);
    });
    box.hidden = false;
    box.focus();
    this.#say("");
  }

  /** Saves first, so that the browser does not leave a page whose text would be refused or lost. */
  async #submit(event) {
    this.#remember();
    if (this.#leaving === "sent") return event.preventDefault();
    if (this.#leaving === "go" || this.saved === null) {
      this.#leaving = "sent";
      return undefined;
    }
    event.preventDefault();
    this.#leaving = "saving";
    this.#wake();
    const done = await this.#save();
    await new Promise((next) => { setTimeout(next); }); // a form cannot be sent while this event is still going round
    this.#leaving = done ? "go" : false;
    if (done) this.form.requestSubmit(event.submitter);
    return undefined;
  }

  #say(text) {
    this.state.removeAttribute("data-warns");
    if (this.state.textContent !== text) this.state.textContent = text;
  }

  /** What is not saved must not look like what is. */
  #warn(text) {
    this.#say(text);
    this.state.setAttribute("data-warns", "");
  }
}

const keyOf = (field) => field.name.slice("answer-".length);
