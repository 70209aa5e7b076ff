// The conversation about seat time. One beat is under way at a time, and each carries everything unacknowledged. When one
// gets no answer, the next try is a new beat with what was played meanwhile too: the same old body would use up the
// server's clock and leave the newer part uncredited. (Only beat 0, which anchors that clock, is repeated as it is.)
// The network, the clock and the timers are handed in.

export const EVERY_MS = 10_000;
export const SILENCE_MS = 60_000;
const BACK_OFF_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
const LEFTOVER_MS = 2_000;
const LEFTOVER_TRIES = 5;
const MOST_INTERVALS = 200;

const FINAL = { 400: "reload", 401: "signed_out", 403: "no_access", 404: "no_access", 409: "elsewhere" };

export class BeatClient {
  state = "idle"; // idle, counting, offline, elsewhere, signed_out, no_access, reload
  #anchored = false;
  #again = false;
  #busy = false;
  #failures = 0;
  #lastTry = -Infinity;
  #leftover = 0;
  #playing = false;
  #seq = 0;
  #session;
  #silentSince = 0;
  #timer = null;

  /**
   * `send(body)` resolves to {status, data, wait?} and rejects when there is no network. `place()` gives {position, rate}.
   * `told(state, data)` hears every change of state and every accepted answer. `route`: film (when left out) or transcript.
   */
  constructor({ ledger, send, place, told, now, later, cancel, newId, route }) {
    Object.assign(this, { ledger, send, place, told, now, later, cancel, newId, route });
    this.#session = newId();
  }

  get stopped() {
    return ["elsewhere", "signed_out", "no_access", "reload"].includes(this.state);
  }

  /** Playing begins: the server's clock is anchored before anything is counted against it. */
  play() {
    this.#playing = true;
    this.#leftover = 0;
    this.#silentSince = this.now();
    if (this.stopped) return;
    if (this.state === "offline") this.state = "idle";
    this.flush();
  }

  /** Playing stops (pause, end, hidden). */
  pause() {
    this.#playing = false;
    this.#leftover = 0;
    if (this.#anchored || this.#busy) this.flush();
  }

  /** Call once a second: sends the regular beat, and notices silence. */
  tick() {
    if (this.stopped || !this.#playing) return;
    const quiet = this.now() - this.#silentSince;
    if (quiet >= SILENCE_MS && this.state !== "offline") this.#enter("offline");
    if (this.#due()) this.flush();
  }

  #due() {
    return !this.#busy && this.#timer === null && this.now() - this.#lastTry >= EVERY_MS;
  }

  /** Sends now, or right after the beat that is under way. */
  flush() {
    if (this.stopped) return;
    if (this.#busy) {
      this.#again = true;
      return;
    }
    this.#clearTimer();
    void this.#run();
  }

  /** The page goes away: one last beat whose answer nobody will read. */
  farewell() {
    if (!this.#anchored || this.stopped) return;
    if (this.ledger.unacknowledged().length || this.#playing) this.send(this.#compose()).catch(() => {});
  }

  /** The learner wants to count here after another place took over, or after signing in again. */
  restart() {
    this.#session = this.newId();
    this.#anchored = false;
    this.#failures = 0;
    this.#silentSince = this.now();
    this.#enter("idle");
  }

  #compose() {
    const { position, rate } = this.place();
    const seq = this.#anchored ? ++this.#seq : 0;
    if (!this.#anchored) this.#seq = 0;
    const played = this.#anchored ? this.ledger.unacknowledged().slice(0, MOST_INTERVALS) : [];
    return { session: this.#session, seq, played, position_ms: Math.max(0, Math.round(position)), rate, route: this.route };
  }

  async #run() {
    this.#busy = true;
    do {
      this.#again = false;
      this.#lastTry = this.now();
      const body = this.#compose();
      const reply = await this.send(body).catch(() => ({ status: 0 }));
      if (reply.status === 0 || reply.status >= 500 || reply.status === 429) {
        this.#failed(reply.wait);
        break;
      }
      this.#answered(body, reply);
    } while (this.#again && !this.stopped);
    this.#busy = false;
  }

  #failed(wait = 0) {
    const pause = Math.max(wait, BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length - 1)]);
    this.#failures += 1;
    this.#schedule(pause);
  }

  #answered(body, { status, data }) {
    this.#failures = 0;
    if (body.session !== this.#session) return;
    if (status !== 200) {
      this.#enter(FINAL[status] ?? "reload", data);
      return;
    }
    this.#anchored = true;
    this.#silentSince = this.now();
    this.ledger.accept(data.covered);
    const left = this.ledger.unacknowledged().length > 0;
    // The clock of the server may lag behind what was played. Once playing has stopped it catches up by itself.
    if (left && !this.#playing && body.seq > 0 && this.#leftover < LEFTOVER_TRIES) {
      this.#leftover += 1;
      this.#schedule(LEFTOVER_MS);
    }
    const before = this.state;
    this.state = "counting";
    // After a rest of more than a minute the server says "paused"; that concerns nobody when nothing was sent for credit.
    this.told(this.state, body.played.length ? data : { ...data, message: "" }, before);
  }

  #enter(state, data = {}) {
    const before = this.state;
    this.state = state;
    if (this.stopped) this.#clearTimer();
    this.told(state, data, before);
  }

  #schedule(pause) {
    this.#clearTimer();
    this.#timer = this.later(() => {
      this.#timer = null;
      this.flush();
    }, pause);
  }

  #clearTimer() {
    if (this.#timer !== null) this.cancel(this.#timer);
    this.#timer = null;
  }
}
