// What the buttons and the keys do to the video.
import { kept } from "../modules/page.js";

const captionsKept = kept("localStorage", "nok.captions");

/** `jump(ms)` goes to a place if that is allowed; `cap()` is the highest speed now. */
export function verbs({ root, video, jump, cap, lengthMs }) {
  const ms = () => video.currentTime * 1000;
  const tracks = () => [...video.textTracks];
  const setRate = (rate) => { video.playbackRate = Math.min(Math.max(rate, 0.5), cap()); };
  const showTrack = (at) => tracks().forEach((track, index) => { track.mode = index === at ? "showing" : "disabled"; });
  if (captionsKept.read() === false) showTrack(-1);
  let chosen = Math.max(0, tracks().findIndex((track) => track.mode === "showing"));
  return {
    play: () => (video.paused ? video.play().catch(() => {}) : video.pause()),
    by: (seconds) => jump(ms() + seconds * 1000),
    to: (fraction) => jump(fraction * lengthMs),
    seek: jump,
    mute: () => { video.muted = !video.muted; },
    setVolume: (value) => { video.volume = value; video.muted = value === 0; },
    volume: (step) => { video.volume = Math.min(1, Math.max(0, video.volume + step)); video.muted = false; },
    rate: setRate,
    faster: (step) => setRate(video.playbackRate + step * 0.25),
    captions: () => {
      const on = tracks().some((track) => track.mode === "showing");
      showTrack(on ? -1 : chosen);
      captionsKept.write(!on);
    },
    captionLanguage: (at) => { chosen = at; showTrack(at); },
    pip: () => {
      if (document.pictureInPictureElement === video) document.exitPictureInPicture().catch(() => {});
      else video.requestPictureInPicture?.().catch(() => {});
    },
    full: () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (root.requestFullscreen) root.requestFullscreen().catch(() => {});
      else video.webkitEnterFullscreen?.();
    },
  };
}
