// One player on the page, put together.
import { Bar } from "./bar.js";
import { Chapters } from "./chapters.js";
import { FilmSeat, Uncounted } from "./film.js";
import { clock, fill } from "./format.js";
import { keyList } from "./key_list.js";
import { wireKeys } from "./keys.js";
import { Messages } from "./messages.js";
import { refreshPanels } from "./refresh.js";
import { Source } from "./source.js";
import { stateTeller } from "./states.js";
import { theater } from "./theater.js";
import { Transcript } from "./transcript.js";
import { verbs } from "./verbs.js";

const TOLERANCE_MS = 750;
const FASTEST = 2;
const REWIND_MS = 3_000;
const RESUME_LEAST_MS = 15_000;

export function wirePlayer(root) {
  const video = root.querySelector("video");
  const { dataset } = root;
  const lengthMs = Number(dataset.lengthMs);
  const words = JSON.parse(dataset.messages);
  let firstView = dataset.firstView === "1";

  const cap = () => (firstView ? Number(dataset.speedCap) : FASTEST);
  const allowed = (ms) => !firstView || ms <= seat.ledger.furthest + TOLERANCE_MS;
  const now = () => video.currentTime * 1000;

  function jump(ms) {
    const wanted = Math.min(Math.max(0, ms), lengthMs);
    const place = allowed(wanted) ? wanted : seat.ledger.furthest;
    if (place !== wanted) messages.show("ahead", words.ahead, { forMs: 8_000, seen: true });
    video.currentTime = place / 1000;
    bar.hideStart();
    bar.showPosition(place);
  }

  function start(how) {
    const resume = Number(dataset.resumeMs);
    if (how === "resume") video.currentTime = Math.max(0, resume - REWIND_MS) / 1000;
    bar.hideStart();
    video.play().catch(() => {});
  }

  const wide = theater(root.closest(".lesson"), (on) => bar.showTheater(on));
  const act = {
    ...verbs({ root, video, jump, cap, lengthMs }),
    start,
    theater: wide.toggle,
    help: keyList(document.querySelector(".player-keys")),
    transcript: () => transcript.focus(),
    chapter: (by) => chapters.step(by, now()),
  };
  const bar = new Bar(root, video, words, lengthMs, act);
  const messages = new Messages(root);
  const chapters = new Chapters({
    list: document.querySelector("[data-chapters]"), marks: bar.find("[data-chapter-marks]"), lengthMs,
    jump: (ms) => { jump(ms); video.play().catch(() => {}); },
  });
  bar.nameOf = (ms) => chapters.at(ms)?.title ?? "";
  const transcript = new Transcript(words, (ms) => { jump(ms); video.play().catch(() => {}); });
  const state = stateTeller({
    messages, words, dataset,
    resume: () => seat.resume(),
    halt: () => video.pause(),
    goOn: () => { seat.client.restart(); video.play().catch(() => {}); },
  });
  const seat = dataset.beatsUrl ? new FilmSeat({ video, data: dataset, messages: words, changed, state }) : new Uncounted(lengthMs);

  function paint() {
    bar.showWatched(seat.ledger.covered, seat.ledger.unacknowledged());
  }

  /** The server accepted a beat. */
  function changed(answer) {
    paint();
    if (answer.complete && firstView) {
      firstView = false;
      bar.showRates(cap());
      messages.say(words.finished);
    }
    if (answer.changed) void refreshPanels();
    if (video.ended) atEnd();
  }

  /** At the end: what is missing and where, or the way on. */
  function atEnd() {
    if (!firstView) {
      const next = document.querySelector(".lesson-steps .next");
      if (next) messages.show("end", words.finished, { label: next.textContent.trim(), action: () => next.click() });
      return;
    }
    const gap = seat.ledger.missing(1_000)[0];
    if (!gap) return;
    const label = fill(words.gaps_action, { time: clock(gap[0]) });
    messages.show("gaps", words.gaps, { label, action: () => { messages.hide("gaps"); jump(gap[0]); video.play().catch(() => {}); } });
  }

  function wireVideo() {
    video.addEventListener("seeking", () => {
      // Native controls (full screen on a phone, a headset's buttons) jump without asking us.
      if (!allowed(now())) jump(now());
    });
    video.addEventListener("timeupdate", () => {
      bar.showPosition(now());
      transcript.showPosition(now());
      chapters.showPosition(now());
      paint();
    });
    video.addEventListener("ratechange", () => {
      if (video.playbackRate > cap()) {
        video.playbackRate = cap();
        messages.show("speed", fill(words.speed, { cap: cap() }), { forMs: 6_000 });
      }
      bar.showRates(cap());
      messages.say(fill(words.rate, { rate: video.playbackRate }));
    });
    for (const event of ["play", "pause", "ended"]) video.addEventListener(event, () => bar.showPlaying());
    video.addEventListener("play", () => {
      bar.hideStart();
      messages.hide("end");
      messages.hide("gaps");
      if (seat.client.state === "elsewhere") video.pause();
    });
    video.addEventListener("ended", atEnd);
    video.addEventListener("volumechange", () => bar.showVolume());
    video.textTracks.addEventListener("change", () => bar.showCaptions());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && seat.takeHidden()) messages.show("hidden", words.hidden, { forMs: 6_000 });
    });
  }

  wide.restore();
  wireVideo();
  wireKeys(root, act);
  bar.showRates(cap());
  bar.showPosition(0);
  chapters.showPosition(0);
  paint();
  const resume = Number(dataset.resumeMs);
  if (resume > RESUME_LEAST_MS && resume < 0.95 * lengthMs) bar.offerResume(resume);
  for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
  const source = new Source(video, dataset.hlsUrl, (status) => {
    if (status === 401) state("signed_out", {}, "");
    else if (status === 403 || status === 404) state("no_access", {}, "");
    else messages.show("failed", words.failed, { label: words.retry, action: () => { messages.hide("failed"); source.retry(); } });
  });
  void source.attach();
}
