// Seat time on the page: the ledger fed by the video, the beats sent to the server, and what comes back shown.
import { kept, postJson, statusOf } from "../modules/page.js";
import { BeatClient } from "./beats.js";
import { clock, fill } from "./format.js";
import { WatchLedger } from "./ledger.js";

const KEEP_MS = 1_000;

export class SeatTime {
  #video;
  #hidden = false;

  /** `changed()` after every accepted answer, `state(name, data, before)` when the conversation turns. */
  constructor({ video, data, messages, changed, state }) {
    const lengthMs = Number(data.lengthMs);
    this.#video = video;
    this.messages = messages;
    this.line = document.querySelector("[data-seat-time]");
    this.store = kept("sessionStorage", `nok.watch.${data.beatsUrl}`);
    const pending = this.store.read() ?? [];
    this.ledger = new WatchLedger({
      lengthMs, pending, covered: JSON.parse(data.covered), seen: Number(data.resumeMs),
    });
    this.client = new BeatClient({
      ledger: this.ledger,
      send: (body) => this.#send(data.beatsUrl, body),
      place: () => ({ position: video.currentTime * 1000, rate: video.playbackRate }),
      told: (name, answer, before) => {
        this.#keep();
        this.show();
        state(name, answer, before);
        if (name === "counting") changed(answer);
      },
      now: () => performance.now(),
      later: (run, wait) => setTimeout(run, wait),
      cancel: (timer) => clearTimeout(timer),
      newId: () => crypto.randomUUID?.() ?? uuid(),
    });
    this.#listen();
    this.show();
  }

  async #send(url, body) {
    const response = await postJson(url, body, { keepalive: true });
    const status = statusOf(response);
    const wait = 1000 * Number(response.headers.get("Retry-After") ?? 0);
    const data = await response.json().catch(() => ({}));
    return { status, data: Array.isArray(data.covered) ? data : { ...data, covered: this.ledger.covered }, wait };
  }

  #listen() {
    const video = this.#video;
    video.addEventListener("playing", () => this.#go());
    video.addEventListener("timeupdate", () => this.sample());
    video.addEventListener("ratechange", () => this.sample());
    for (const event of ["waiting", "seeking"]) video.addEventListener(event, () => this.#hold());
    for (const event of ["pause", "ended"]) video.addEventListener(event, () => this.#stop());
    for (const event of ["enterpictureinpicture", "leavepictureinpicture"]) video.addEventListener(event, () => this.#look());
    document.addEventListener("visibilitychange", () => this.#look());
    addEventListener("online", () => this.client.flush());
    addEventListener("pagehide", () => {
      this.#hold();
      this.client.farewell();
      this.#keep();
    });
    setInterval(() => { this.client.tick(); this.#keep(); }, KEEP_MS);
  }

  /** Whether what plays now counts: a hidden tab does not, picture in picture does. */
  get #seen() {
    return document.visibilityState === "visible" || document.pictureInPictureElement === this.#video;
  }

  #go() {
    if (this.#video.paused || !this.#seen) return;
    if (this.client.state !== "offline" && !this.client.stopped) this.ledger.begin(this.#video.currentTime * 1000, performance.now());
    this.client.play();
  }

  /** A moment's stop (buffering, a jump): the run is closed, the conversation goes on. */
  #hold() {
    if (!this.#video.seeking) this.sample();
    this.ledger.end();
  }

  #stop() {
    this.#hold();
    this.client.pause();
  }

  #look() {
    if (this.#video.paused) return;
    if (this.#seen) {
      this.#hidden = false;
      this.#go();
    } else {
      this.#hidden = true;
      this.#stop();
    }
  }

  /** True once after playing went on unseen. */
  takeHidden() {
    const was = this.#hidden;
    this.#hidden = false;
    return was;
  }

  sample() {
    if (this.#video.seeking) return;
    this.ledger.sample(this.#video.currentTime * 1000, performance.now(), this.#video.playbackRate);
    if (this.client.state === "offline" || this.client.stopped) this.ledger.end();
  }

  /** Counting begins again (after silence). */
  resume() {
    if (!this.#video.paused && this.#seen) this.ledger.begin(this.#video.currentTime * 1000, performance.now());
  }

  /** The number that an auditor would see. */
  show() {
    if (!this.line) return;
    const { coveredMs, lengthMs } = this.ledger;
    this.line.textContent = fill(this.messages.seat, { seen: clock(coveredMs), total: clock(lengthMs) });
  }

  #keep() {
    const waiting = this.ledger.unacknowledged();
    this.store.write(waiting.length ? waiting : null);
  }
}

/** A random UUID for pages without a secure context, where crypto.randomUUID is missing. */
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
