// The transcript page: one part at a time, counted while it is open in a visible tab, by keyboard and by ear. Nothing
// scrolls by itself; what changes is said once, politely.
import { fill } from "./format.js";
import { Messages } from "./messages.js";
import { Reader } from "./reader.js";
import { SeatTime } from "./seat.js";
import { stateTeller } from "./states.js";

class ReadingSeat extends SeatTime {
  #on = false;

  constructor({ parts, cap, ticked, ...rest }) {
    super({ ...rest, route: "transcript", place: () => ({ position: this.reader?.position ?? 0, rate: cap }) });
    this.reader = new Reader({ parts, ledger: this.ledger, cap });
    this.ticked = ticked;
    document.addEventListener("visibilitychange", () => this.#look());
  }

  get on() {
    return this.#on;
  }

  /** Starts or stops counting. */
  set on(value) {
    this.#on = value;
    this.#look();
  }

  go(index) {
    this.reader.go(index, performance.now());
    this.#look();
  }

  hold() {
    this.reader.stop(performance.now());
  }

  /** Only what is in sight is read. */
  #look() {
    if (this.#on && document.visibilityState === "visible") {
      if (this.client.state !== "offline" && !this.client.stopped) this.reader.start(performance.now());
      this.client.play();
    } else {
      this.hold();
      this.client.pause();
    }
  }

  tick() {
    this.reader.tick(performance.now());
    if (this.client.state === "offline" || this.client.stopped) this.hold();
    this.ticked();
  }

  /** Counting begins again (after silence, or when another place gave way). */
  resume() {
    if (this.#on) this.#look();
  }
}

export function wireReader(root) {
  const find = (selector) => root.querySelector(selector);
  const { dataset } = root;
  const words = JSON.parse(dataset.messages);
  const sections = [...root.querySelectorAll("[data-part]")];
  const buttons = [...root.querySelectorAll("[data-go]")];
  const [toggle, back, on] = [find("[data-toggle]"), find("[data-previous]"), find("[data-next]")];
  const messages = new Messages(root);
  let complete = dataset.done === "1";
  let told = -1;

  const parts = sections.map(({ dataset: part }) => [Number(part.start), Number(part.end)]);
  const tell = stateTeller({
    messages, words, dataset,
    resume: () => seat.resume(),
    halt: () => count(false),
    goOn: () => { seat.client.restart(); count(true); },
  });
  const seat = new ReadingSeat({
    data: dataset, messages: words, parts, cap: Number(dataset.speedCap), ticked: show, changed, state: tell,
  });
  const { reader } = seat;

  function count(value) {
    seat.on = value;
    toggle.textContent = value ? words.pause : words.start;
    if (value) messages.hide("start");
  }

  /** The server's answer. */
  function changed(answer) {
    if (answer.complete && !complete) {
      complete = true;
      messages.show("end", words.finished, { label: words.back_to_lesson, action: () => location.assign(dataset.lessonUrl) });
    }
    show();
  }

  function show() {
    const needs = reader.needs();
    find("[data-part-state]").textContent = needs ? fill(words.needs, { seconds: needs }) : words.read;
    for (const [index, button] of buttons.entries()) button.toggleAttribute("data-read", !reader.missing(index));
    if (needs || told === reader.at || !seat.on) return;
    told = reader.at;
    messages.say(fill(words.part_read, { number: reader.at + 1 }));
    seat.client.flush();
  }

  /** Shows a part and takes the reader to its heading. */
  function open(index, focus = true) {
    seat.go(index);
    messages.hide("needs");
    for (const [at, section] of sections.entries()) section.hidden = at !== index;
    for (const [at, button] of buttons.entries()) {
      if (at === index) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    back.hidden = index === 0;
    on.textContent = index === sections.length - 1 ? words.finish : words.next;
    show();
    if (focus) sections[index].querySelector("h2").focus();
  }

  function next() {
    seat.tick();
    seat.client.flush();
    if (!complete && reader.needs()) {
      const start = { label: words.start, action: () => { messages.hide("needs"); count(true); } };
      messages.show("needs", fill(words.needs_more, { seconds: reader.needs() }), seat.on ? { forMs: 8_000 } : start);
      return;
    }
    if (reader.at + 1 < sections.length) {
      open(reader.at + 1);
      return;
    }
    const left = parts.findIndex((_part, index) => reader.missing(index) > 0);
    if (left >= 0 && !complete) open(left);
    else if (complete) location.assign(dataset.lessonUrl);
  }

  toggle.addEventListener("click", () => count(!seat.on));
  back.addEventListener("click", () => open(reader.at - 1));
  on.addEventListener("click", next);
  for (const [index, button] of buttons.entries()) button.addEventListener("click", () => open(index));
  for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
  open(reader.at, false);
}
