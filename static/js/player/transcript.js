// The transcript beside the video: times become buttons, the line being spoken is marked, and the list follows along
// unless the reader scrolls or wants it still.
import { fill } from "./format.js";

const REST_MS = 5_000;

export class Transcript {
  #cues = [];
  #current = null;
  #touched = 0;

  constructor(messages, jump) {
    this.box = document.querySelector("[data-transcript]");
    if (!this.box) return;
    this.follow = document.querySelector("[data-follow]");
    if (matchMedia("(prefers-reduced-motion: reduce)").matches && this.follow) this.follow.checked = false;
    this.#cues = [...this.box.querySelectorAll("[data-time-start]")].map((line) => ({
      line,
      from: Number(line.dataset.timeStart),
      to: Number(line.dataset.timeEnd),
    }));
    for (const cue of this.#cues) this.#button(cue, messages, jump);
    for (const event of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      this.box.addEventListener(event, () => { this.#touched = Date.now(); }, { passive: true });
    }
  }

  #button({ line, from }, messages, jump) {
    const time = line.querySelector("[data-cue-time]");
    const button = document.createElement("button");
    button.type = "button";
    button.className = time.className;
    button.textContent = time.textContent;
    button.setAttribute("aria-label", fill(messages.cue, { time: time.textContent.trim() }));
    button.addEventListener("click", () => jump(from));
    time.replaceWith(button);
  }

  showPosition(ms) {
    const cue = this.#cues.find(({ from, to }) => from <= ms && ms < to) ?? null;
    if (cue === this.#current) return;
    this.#current?.line.removeAttribute("aria-current");
    this.#current = cue;
    if (!cue) return;
    cue.line.setAttribute("aria-current", "true");
    if (this.follow?.checked && Date.now() - this.#touched > REST_MS) this.#bring(cue.line);
  }

  /** Scrolls the list, never the page. */
  #bring(line) {
    const { box } = this;
    const top = line.offsetTop - box.offsetTop;
    if (top >= box.scrollTop && top + line.offsetHeight <= box.scrollTop + box.clientHeight) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    box.scrollTo({ top: Math.max(0, top - box.clientHeight / 3), behavior: still ? "instant" : "smooth" });
  }

  focus() {
    this.box?.focus();
  }
}
