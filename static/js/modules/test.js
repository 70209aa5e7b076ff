// Keeps the answers of a test as they are chosen, counts them, and shows the time that is left. The server decides.
import { kept, postJson, statusOf } from "./page.js";

const RETRY_MS = 5_000;

export function wireTest() {
  const form = document.querySelector("form[data-autosave-url]");
  if (!form) return;
  const messages = JSON.parse(form.dataset.messages);
  const saver = new Saver(form, messages);
  form.addEventListener("change", () => {
    count(form);
    saver.changed();
  });
  form.addEventListener("submit", () => saver.stop());
  form.addEventListener("keydown", keepEnterHarmless);
  count(form);
  if (form.dataset.deadline) watchClock(form, messages);
}

/** Enter on a choice would send the whole test: browsers press the first button for it. */
function keepEnterHarmless(event) {
  if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
}

/** Sends what there is when the time is up; nobody is asked about blanks then. */
function sendAsItIs(form) {
  const confirmed = document.createElement("input");
  Object.assign(confirmed, { type: "hidden", name: "with-blanks", value: "1" });
  form.append(confirmed);
  form.requestSubmit();
}

/** {"12": ["31"], "13": []}, every question named, so that an answer taken back is taken back on the server too. */
export function answersOf(form) {
  const answers = {};
  for (const input of form.querySelectorAll("[data-question] input")) {
    const question = input.closest("[data-question]").dataset.question;
    answers[question] ??= [];
    if (input.checked) answers[question].push(input.value);
  }
  return answers;
}

function count(form) {
  const chosen = Object.values(answersOf(form));
  const line = form.querySelector("[data-answered]");
  if (!line) return;
  const done = chosen.filter((choices) => choices.length).length;
  line.textContent = line.dataset.text.replace("{count}", done).replace("{total}", chosen.length);
}

class Saver {
  #busy = false;
  #again = false;
  #stopped = false;

  constructor(form, messages) {
    this.form = form;
    this.messages = messages;
    this.state = form.querySelector("[data-save-state]");
  }

  changed() {
    if (this.#busy) this.#again = true;
    else void this.#save();
  }

  stop() {
    this.#stopped = true;
  }

  async #save() {
    this.#busy = true;
    do {
      this.#again = false;
      const response = await postJson(this.form.dataset.autosaveUrl, { answers: answersOf(this.form) }, { keepalive: true })
        .catch(() => null);
      const status = response ? statusOf(response) : 0;
      this.#say(status);
      if (!this.#stopped && (status === 0 || status >= 500)) {
        await new Promise((done) => setTimeout(done, RETRY_MS));
        this.#again = true;
      }
    } while (this.#again && !this.#stopped);
    this.#busy = false;
  }

  #say(status) {
    const { saved, unsaved, signed_out: signedOut, closed } = this.messages;
    this.state.toggleAttribute("data-warns", status < 200 || status >= 300);
    if (status >= 200 && status < 300) this.#show(saved);
    else if (status === 0 || status >= 500) this.#show(unsaved);
    // Signing out takes the token along, which shows as 400 before anyone asks who is there.
    else this.#show([400, 401, 403].includes(status) ? signedOut : closed);
  }

  #show(text) {
    if (this.state.textContent !== text) this.state.textContent = text;
  }
}

/** How far the server's clock is ahead of this one, in ms; null when it cannot be told. */
async function clockOffset() {
  const response = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  const date = Date.parse(response?.headers.get("Date") ?? "");
  return Number.isNaN(date) ? null : date - Date.now();
}

async function watchClock(form, messages) {
  const offset = await clockOffset();
  const left = form.querySelector("[data-time-left]");
  const end = Date.parse(form.dataset.deadline);
  const alarms = new Map([[300, messages.five], [60, messages.one]]);
  const announced = kept("sessionStorage", `nok.test.${form.dataset.autosaveUrl}`);
  const tick = () => {
    const seconds = Math.max(0, Math.round((end - Date.now() - (offset ?? 0)) / 1000));
    left.textContent = messages.left.replace("{time}", `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    for (const [at, text] of alarms) {
      if (seconds > at) continue;
      alarms.delete(at);
      if (seconds > at - 30 && announced.read() !== at) form.querySelector("[data-save-state]").textContent = text;
      announced.write(at);
    }
    if (seconds > 0) return;
    clearInterval(timer);
    if (offset === null) return; // a wrong clock of ours must not end a test
    form.querySelector("[data-save-state]").textContent = messages.over;
    sendAsItIs(form);
  };
  const timer = setInterval(tick, 1000);
  tick();
}
