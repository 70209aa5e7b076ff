// The control bar: built from the page's <template>, so that its words are translated and its icons are the site's own.
import { clock, fill, spoken } from "./format.js";

const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];
const SVG = "http://www.w3.org/2000/svg";

export class Bar {
  /** `act` as for keys, and seek(ms), rate(number), start(fromBeginning). */
  constructor(root, video, messages, lengthMs, act) {
    Object.assign(this, { root, video, messages, lengthMs, act });
    root.append(root.querySelector("template[data-player-controls]").content.cloneNode(true));
    root.querySelector(".player-screen").append(this.find("[data-start]"));
    video.controls = false;
    this.seek = this.find("[data-seek]");
    this.seek.max = String(lengthMs);
    this.#wire();
    this.showPlaying();
    this.showVolume();
    this.showCaptions();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  #wire() {
    const { act, root, video } = this;
    const verbs = {
      play: act.play, start: () => act.start("here"), resume: () => act.start("resume"), restart: () => act.start("beginning"),
      back: () => act.by(-10), forward: () => act.by(10), mute: act.mute, captions: act.captions, pip: act.pip, theater: act.theater,
      full: act.full,
    };
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (button) verbs[button.dataset.act]?.();
      else if (event.target === video) act.play();
    });
    this.seek.addEventListener("input", () => act.seek(Number(this.seek.value)));
    this.seek.addEventListener("pointermove", (event) => this.#hint(event));
    this.seek.addEventListener("pointerleave", () => { this.find("[data-seek-hint]").hidden = true; });
    this.find("[data-volume]").addEventListener("input", (event) => act.setVolume(Number(event.target.value)));
    this.find("[data-rate]").addEventListener("change", (event) => act.rate(Number(event.target.value)));
    this.find("[data-caption-language]").addEventListener("change", (event) => act.captionLanguage(Number(event.target.value)));
    if (!document.pictureInPictureEnabled || !video.requestPictureInPicture) this.find("[data-act=pip]").hidden = true;
    if (!root.requestFullscreen && !video.webkitEnterFullscreen) this.find("[data-act=full]").hidden = true;
    if (!video.textTracks.length) this.find("[data-act=captions]").hidden = true;
    document.addEventListener("fullscreenchange", () => this.showFull());
  }

  /** Offers to resume; the large button alone otherwise. */
  offerResume(ms) {
    const box = this.find("[data-resume]");
    const button = box.querySelector("[data-act=resume]");
    button.textContent = fill(button.textContent, { time: clock(ms) });
    box.hidden = false;
    this.find(".start-button").hidden = true;
  }

  hideStart() {
    const start = this.find("[data-start]");
    const hadFocus = start.contains(document.activeElement);
    start.hidden = true;
    if (hadFocus) this.find("[data-act=play]").focus();
  }

  /** The name of the chapter at a place, '' where there is none. */
  nameOf() {
    return "";
  }

  /** Where the pointer is: the time, and the chapter there. */
  #hint({ clientX }) {
    const { left, width } = this.find("[data-track]").getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (clientX - left) / width));
    const ms = share * this.lengthMs;
    const name = this.nameOf(ms);
    const hint = this.find("[data-seek-hint]");
    hint.textContent = name ? `${clock(ms)} · ${name}` : clock(ms);
    hint.style.insetInlineStart = `${100 * share}%`;
    hint.dataset.end = share > 0.7 ? "1" : "";
    hint.hidden = false;
  }

  #toggle(name, on, label) {
    const button = this.find(`[data-act=${name}]`);
    button.dataset.on = on ? "1" : "";
    button.setAttribute("aria-label", label);
    button.title = label;
    return button;
  }

  showPlaying() {
    const { paused } = this.video;
    this.#toggle("play", !paused, paused ? this.messages.play : this.messages.pause);
  }

  showVolume() {
    const { muted, volume } = this.video;
    this.#toggle("mute", muted || volume === 0, muted ? this.messages.unmute : this.messages.mute);
    this.find("[data-volume]").value = String(muted ? 0 : volume);
  }

  showCaptions() {
    const tracks = [...this.video.textTracks];
    const showing = tracks.findIndex((track) => track.mode === "showing");
    const button = this.find("[data-act=captions]");
    button.setAttribute("aria-pressed", String(showing >= 0));
    const choice = this.find("[data-caption-language]");
    if (tracks.length < 2) return;
    choice.hidden = false;
    if (!choice.options.length) choice.append(...tracks.map((track, at) => new Option(track.label, String(at))));
    if (showing >= 0) choice.value = String(showing);
  }

  showFull() {
    const full = document.fullscreenElement === this.root;
    this.#toggle("full", full, full ? this.messages.full_off : this.messages.full);
  }

  showTheater(wide) {
    this.#toggle("theater", wide, wide ? this.messages.theater_off : this.messages.theater);
  }

  /** Speeds up to `cap`. */
  showRates(cap) {
    const choice = this.find("[data-rate]");
    const rate = this.video.playbackRate;
    choice.replaceChildren(...SPEEDS.filter((speed) => speed <= cap).map((speed) => new Option(`${speed}×`, String(speed))));
    choice.value = String(rate);
  }

  showPosition(ms) {
    const { lengthMs, messages } = this;
    if (document.activeElement !== this.seek || Math.abs(Number(this.seek.value) - ms) > 250) this.seek.value = String(ms);
    const whole = Math.floor(ms / 1000);
    this.find("[data-played]").setAttribute("width", String((1000 * ms) / lengthMs));
    if (whole === this.shownSecond) return;
    this.shownSecond = whole;
    this.find("[data-time]").textContent = `${clock(ms)} / ${clock(lengthMs)}`;
    const words = { now: spoken(ms, messages), total: spoken(lengthMs, messages) };
    const name = this.nameOf(ms);
    this.seek.setAttribute("aria-valuetext", fill(messages.position, words) + (name ? `, ${name}` : ""));
    this.find("[data-chapter-name]").textContent = name;
  }

  /** Paints what the server has, and fainter what it has yet to acknowledge. */
  showWatched(covered, pending) {
    this.#paint("[data-covered-bars]", covered);
    this.#paint("[data-pending]", pending);
  }

  #paint(selector, parts) {
    this.find(selector).replaceChildren(...parts.map(([from, to]) => {
      const bar = document.createElementNS(SVG, "rect");
      bar.setAttribute("x", String((1000 * from) / this.lengthMs));
      bar.setAttribute("width", String((1000 * (to - from)) / this.lengthMs));
      bar.setAttribute("height", "1");
      return bar;
    }));
  }
}
