// What was watched: what the server has acknowledged, what it has not yet, and the run that is being watched now.
// Knows nothing of pages or networks; the caller brings positions (ms of media) and the time (ms of any steady clock).
import { clip, furthest, gaps, normalize, subtract, total, union } from "./intervals.js";

// A sample may lie this far ahead of what the clock and the speed allow before it counts as a jump.
const SLACK_MS = 400;
const SLACK_FACTOR = 1.25;
// Between a stop and the news of the next start some frames have passed already; they belong to what is watched.
const SEAM_MS = 250;

export class WatchLedger {
  #covered;
  #ended = -Infinity;
  #pending;
  #run = null;
  #seen;

  /** `covered`: acknowledged by the server; `pending`: watched before, never acknowledged; `seen`: the resume place. */
  constructor({ lengthMs, covered = [], pending = [], seen = 0 }) {
    this.lengthMs = lengthMs;
    this.#covered = clip(covered, lengthMs);
    this.#pending = subtract(clip(pending, lengthMs), this.#covered);
    this.#seen = Math.min(Math.max(seen, furthest(this.#covered), furthest(this.#pending)), lengthMs);
  }

  /** Watching goes on from here. */
  begin(position, now) {
    this.end();
    const seam = position - this.#ended;
    const from = seam > 0 && seam <= SEAM_MS ? this.#ended : position;
    this.#run = { from, to: position, at: now };
  }

  /** The media is at `position` now. A jump closes the run and opens another: what was skipped is not counted. */
  sample(position, now, rate) {
    this.saw(position);
    const run = this.#run;
    if (!run) return;
    const step = position - run.to;
    const allowed = (now - run.at) * rate * SLACK_FACTOR + SLACK_MS;
    if (step < 0 || step > allowed) {
      this.begin(position, now);
      return;
    }
    run.to = position;
    run.at = now;
  }

  /** Watching stops. What the run holds waits to be acknowledged. */
  end() {
    if (!this.#run) return;
    this.#pending = union(this.#pending, this.#current());
    this.#ended = this.#run.to;
    this.#run = null;
  }

  /** Playing reached this place, counted or not. */
  saw(position) {
    this.#seen = Math.min(Math.max(this.#seen, Math.round(position)), this.lengthMs);
  }

  /** Everything that the server has yet to acknowledge. */
  unacknowledged() {
    return subtract(union(this.#pending, this.#current()), this.#covered);
  }

  /** The server's word on what is covered; what it left out stays to be sent again. */
  accept(covered) {
    this.#covered = clip(covered, this.lengthMs);
    this.#pending = subtract(this.#pending, this.#covered);
  }

  get covered() {
    return normalize(this.#covered);
  }

  get coveredMs() {
    return total(this.#covered);
  }

  get counting() {
    return this.#run !== null;
  }

  /** The place up to which one may jump on a first viewing. */
  get furthest() {
    return this.#seen;
  }

  /** Parts not watched yet that are long enough to matter. */
  missing(least = 500) {
    return gaps(union(this.#covered, this.unacknowledged()), this.lengthMs, least);
  }

  #current() {
    return this.#run ? clip([[this.#run.from, this.#run.to]], this.lengthMs) : [];
  }
}
