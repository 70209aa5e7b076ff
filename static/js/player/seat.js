// Seat time on the page: the ledger, the beats sent to the server, and the number that comes back shown. What is counted
// (a film that plays, a transcript that is read) is for those who build on it.
import { kept, postJson, statusOf } from "../modules/page.js";
import { BeatClient } from "./beats.js";
import { clock, fill } from "./format.js";
import { WatchLedger } from "./ledger.js";

const KEEP_MS = 1_000;

export class SeatTime {
  /** `changed(answer)` after every accepted answer, `state(name, data, before)` when the conversation turns. */
  constructor({ data, messages, place, route, changed, state }) {
    this.messages = messages;
    this.line = document.querySelector("[data-seat-time]");
    this.store = kept("sessionStorage", `nok.watch.${data.beatsUrl}`);
    this.ledger = new WatchLedger({
      lengthMs: Number(data.lengthMs),
      pending: this.store.read() ?? [],
      covered: JSON.parse(data.covered),
      seen: Number(data.resumeMs),
    });
    this.client = new BeatClient({
      ledger: this.ledger,
      send: (body) => this.#send(data.beatsUrl, body),
      place,
      route,
      told: (name, answer, before) => {
        this.keep();
        this.show();
        state(name, answer, before);
        if (name === "counting") changed(answer);
      },
      now: () => performance.now(),
      later: (run, wait) => setTimeout(run, wait),
      cancel: (timer) => clearTimeout(timer),
      newId: () => crypto.randomUUID?.() ?? uuid(),
    });
    addEventListener("online", () => this.client.flush());
    addEventListener("pagehide", () => {
      this.hold();
      this.client.farewell();
      this.keep();
    });
    setInterval(() => { this.tick(); this.client.tick(); this.keep(); }, KEEP_MS);
    this.show();
  }

  /** Once a second. */
  tick() {}

  /** A moment's stop: the run is closed, the conversation goes on. */
  hold() {
    this.ledger.end();
  }

  async #send(url, body) {
    const response = await postJson(url, body, { keepalive: true });
    const status = statusOf(response);
    const wait = 1000 * Number(response.headers.get("Retry-After") ?? 0);
    const data = await response.json().catch(() => ({}));
    return { status, data: Array.isArray(data.covered) ? data : { ...data, covered: this.ledger.covered }, wait };
  }

  /** The number that an auditor would see. */
  show() {
    if (!this.line) return;
    const { coveredMs, lengthMs } = this.ledger;
    this.line.textContent = fill(this.messages.seat, { seen: clock(coveredMs), total: clock(lengthMs) });
  }

  keep() {
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
