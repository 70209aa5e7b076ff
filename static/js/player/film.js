// Seat time of a film: what the video does, told to the ledger.
import { WatchLedger } from "./ledger.js";
import { SeatTime } from "./seat.js";

export class FilmSeat extends SeatTime {
  #video;
  #hidden = false;

  constructor({ video, ...rest }) {
    super({ ...rest, place: () => ({ position: video.currentTime * 1000, rate: video.playbackRate }) });
    this.#video = video;
    this.#listen();
  }

  #listen() {
    const video = this.#video;
    video.addEventListener("playing", () => this.#go());
    video.addEventListener("timeupdate", () => this.sample());
    video.addEventListener("ratechange", () => this.sample());
    for (const event of ["waiting", "seeking"]) video.addEventListener(event, () => this.hold());
    for (const event of ["pause", "ended"]) video.addEventListener(event, () => this.#stop());
    for (const event of ["enterpictureinpicture", "leavepictureinpicture"]) video.addEventListener(event, () => this.#look());
    document.addEventListener("visibilitychange", () => this.#look());
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

  /** Buffering, a jump. */
  hold() {
    if (!this.#video.seeking) this.sample();
    super.hold();
  }

  #stop() {
    this.hold();
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
}

/** In place of it where nothing is counted, as in a preview. */
export class Uncounted {
  client = { state: "idle", stopped: false, restart() {} };

  constructor(lengthMs) {
    this.ledger = new WatchLedger({ lengthMs });
  }

  takeHidden() {
    return false;
  }

  resume() {}
}
