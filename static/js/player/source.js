// Where the pictures come from: the browser itself where it plays HLS, hls.js (its light edition, fetched then only)
// elsewhere or when the browser's own way fails.
const TYPE = "application/vnd.apple.mpegurl";

export class Source {
  #hls = null;
  #failed;
  #recovered = 0;
  #url;

  /** `failed(status)` is called when nothing helps; status is that of the last refused request, or 0. */
  constructor(video, url, failed) {
    this.video = video;
    this.#url = url;
    this.#failed = failed;
  }

  async attach() {
    const { video } = this;
    const native = video.canPlayType(TYPE) !== "";
    const broken = video.error || video.networkState === HTMLMediaElement.NETWORK_NO_SOURCE;
    if (native && !broken) {
      const fallBack = () => this.#useHls();
      video.addEventListener("error", fallBack, { once: true });
      video.querySelector("source")?.addEventListener("error", fallBack, { once: true });
      return;
    }
    await this.#useHls();
  }

  /** Loads again after a failure, from the place where one was. */
  retry() {
    const at = this.video.currentTime;
    if (this.#hls) {
      this.#recovered = 0;
      this.#hls.startLoad(at);
      return;
    }
    this.video.load();
    this.video.currentTime = at;
  }

  async #useHls() {
    if (this.#hls) return;
    const { default: Hls } = await import("hls.js/light").catch(() => ({ default: null }));
    if (!Hls?.isSupported()) {
      this.#failed(0);
      return;
    }
    const { video } = this;
    const at = video.currentTime;
    const playing = !video.paused;
    for (const source of video.querySelectorAll("source")) source.remove();
    // A worker would only rewrap MPEG-TS; our segments are fMP4 and pass straight through.
    const hls = new Hls({ enableWorker: false, autoStartLoad: false, maxBufferLength: 30 });
    this.#hls = hls;
    hls.on(Hls.Events.ERROR, (_name, data) => this.#error(Hls, data));
    hls.loadSource(this.#url);
    hls.attachMedia(video);
    const once = new AbortController();
    const start = () => {
      once.abort();
      hls.startLoad(video.currentTime || at);
    };
    for (const event of ["play", "seeking"]) video.addEventListener(event, start, { signal: once.signal });
    if (at) video.currentTime = at;
    if (playing) video.play().catch(() => {});
  }

  #error(Hls, { fatal, type, response }) {
    if (!fatal) return;
    const refused = [401, 403, 404].includes(response?.code);
    this.#recovered += 1;
    if (refused || this.#recovered > 3) this.#failed(response?.code ?? 0);
    else if (type === Hls.ErrorTypes.MEDIA_ERROR) this.#hls.recoverMediaError();
    else setTimeout(() => this.#hls.startLoad(), 1_000 * this.#recovered);
  }
}
