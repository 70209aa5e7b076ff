// Chapters: marks on the slider, and a list of buttons whose present one is marked.
const SVG = "http://www.w3.org/2000/svg";

export class Chapters {
  #current = null;

  /** `list` and `marks` may be missing; `jump(ms)` goes to a place. */
  constructor({ list, marks, lengthMs, jump }) {
    this.items = [...(list?.querySelectorAll("[data-start]") ?? [])].map((line) => ({
      from: Number(line.dataset.start),
      to: Number(line.dataset.end),
      title: line.querySelector("[data-chapter-title]").textContent.trim(),
      button: asButton(line.querySelector("[data-chapter]"), () => jump(Number(line.dataset.start))),
    }));
    // The first one begins where the bar does: a mark there would say nothing.
    marks?.append(...this.items.filter(({ from }) => from > 0).map(({ from }) => mark(from, lengthMs)));
    this.jump = jump;
  }

  at(ms) {
    return this.items.find(({ from, to }) => from <= ms && ms < to) ?? null;
  }

  /** Marks the chapter of this place. */
  showPosition(ms) {
    const chapter = this.at(ms);
    if (chapter === this.#current) return;
    this.#current?.button.removeAttribute("aria-current");
    this.#current = chapter;
    chapter?.button.setAttribute("aria-current", "true");
  }

  /** To the next chapter, or back: to this one's beginning, or the one before when it has just begun. */
  step(by, ms) {
    if (!this.items.length) return;
    const here = Math.max(0, this.items.findLastIndex(({ from }) => from <= ms));
    const begun = by < 0 && ms - this.items[here].from > 3_000;
    const target = this.items[Math.max(0, here + (begun ? 0 : by))];
    if (target) this.jump(target.from);
  }
}

function asButton(words, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = words.className;
  button.append(...words.childNodes);
  button.addEventListener("click", press);
  words.replaceWith(button);
  return button;
}

function mark(from, lengthMs) {
  const line = document.createElementNS(SVG, "rect");
  line.setAttribute("x", String((1000 * from) / lengthMs - 1.5));
  line.setAttribute("width", "3");
  line.setAttribute("height", "1");
  return line;
}
