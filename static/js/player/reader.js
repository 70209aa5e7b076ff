// Reading in place of watching: while a part is read, a place moves through it at the speed cap, over what is not counted
// yet, as if the film were playing there. So the ledger and the server count a reader as they count a viewer.
import { subtract, total, union } from "./intervals.js";

// Timers of a machine that slept come late; what passed meanwhile was not read.
const LONGEST_STEP_MS = 5_000;

export class Reader {
  #gap = null;
  #last = 0;
  at = 0;
  running = false;

  /** `parts` are [from, to] in ms of media; `cap` is the speed at which reading counts. */
  constructor({ parts, ledger, cap }) {
    Object.assign(this, { parts, ledger, cap });
    const unread = parts.findIndex((_part, index) => this.missing(index) > 0);
    this.at = Math.max(0, unread);
    this.position = parts[this.at][0];
  }

  get part() {
    return this.parts[this.at];
  }

  /** How much of a part is not counted yet, in ms of media. */
  missing(index = this.at) {
    return total(this.#gaps(index));
  }

  /** How long it takes at least to read the rest of the part, in whole seconds. */
  needs(index = this.at) {
    return Math.ceil(this.missing(index) / this.cap / 1000);
  }

  start(now) {
    this.running = true;
    this.#last = now;
    this.#next(now);
  }

  stop(now) {
    if (this.running) this.tick(now);
    this.running = false;
    this.#gap = null;
    this.ledger.end();
  }

  /** To another part. */
  go(index, now) {
    const { running } = this;
    this.stop(now);
    this.at = index;
    this.position = this.part[0];
    if (running) this.start(now);
  }

  tick(now) {
    if (!this.running) return;
    const step = Math.min(now - this.#last, LONGEST_STEP_MS) * this.cap;
    this.#last = now;
    if (!this.#gap) return;
    this.position = Math.min(this.position + step, this.#gap[1]);
    this.ledger.sample(this.position, now, this.cap);
    if (this.position >= this.#gap[1]) this.#next(now);
  }

  #next(now) {
    this.ledger.end();
    this.#gap = this.#gaps(this.at)[0] ?? null;
    if (!this.#gap) return;
    [this.position] = this.#gap;
    this.ledger.begin(this.position, now);
  }

  #gaps(index) {
    return subtract([this.parts[index]], union(this.ledger.covered, this.ledger.unacknowledged()));
  }
}
