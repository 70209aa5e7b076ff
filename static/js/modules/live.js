// News from the server. One tab holds the stream and passes on what it hears: browsers allow few connections to a site,
// and six open tabs must not use them up. Where streams fail, the page asks every half minute.
import { announce } from "./announcer.js";
import { showUnread, wireTitle } from "./bell.js";
import { kept } from "./page.js";
import { forgetToast, showToast, wireToasts } from "./toast.js";

const POLL_MS = 30_000;
const RETRY_MS = [2_000, 5_000, 15_000];

let channel = null;
let lastSeq = 0;
let over = false;
let told = null;

export function goLive() {
  const { person, eventsUrl, unreadUrl } = document.body.dataset;
  if (!person) return;
  wireToasts();
  wireTitle();
  goOnFrom(Number(new URL(eventsUrl, location.href).searchParams.get("after") ?? 0), person);
  if ("BroadcastChannel" in window) listenToTabs();
  const stream = new Stream(eventsUrl, unreadUrl);
  if (!("EventSource" in window)) stream.poll();
  else if (navigator.locks && channel) {
    lead(stream);
    addEventListener("pageshow", (event) => event.persisted && lead(stream));
  } else stream.open();
}

/**
 * The page knows the last thing in the feed when it was made; this tab, the last thing that it has heard. What came while
 * one page gave way to the next lies between the two, and has been shown by neither. The feed's own page shows it all.
 */
function goOnFrom(inThePage, person) {
  told = kept("sessionStorage", `nok.told.${person}`);
  const heard = document.querySelector("[data-feed]") ? null : told.read();
  lastSeq = Math.min(heard ?? inThePage, inThePage);
  told.write(lastSeq);
}

/** Waits to become the tab that holds the stream; the lock is free again when that tab closes. */
function lead(stream) {
  navigator.locks.request("nok-events", () => new Promise((done) => {
    stream.open();
    addEventListener("pagehide", () => { stream.close(); done(); }, { once: true });
  })).catch(() => stream.open());
}

function listenToTabs() {
  channel = new BroadcastChannel("nok-events");
  channel.addEventListener("message", ({ data }) => {
    if (data.shown) forgetToast(data.shown);
    else hear(data.kind, data.value);
  });
  document.addEventListener("nok:toast", (event) => channel.postMessage({ shown: event.detail }));
}

/** One piece of news, whichever way it came. */
function hear(kind, value) {
  if (kind === "bye") {
    over = true;
    return;
  }
  if (typeof value.unread === "number") showUnread(value.unread);
  if (!(value.seq > lastSeq)) return;
  lastSeq = value.seq;
  told.write(lastSeq);
  if (kind !== "notification") return;
  showToast(value);
  if (document.visibilityState === "visible") {
    announce(value.message, document.querySelector("[data-toasts]")?.dataset.many ?? "{count}");
  }
}

function tell(kind, value) {
  // The other tabs first: what this one shows they must already know of, to forget it.
  channel?.postMessage({ kind, value });
  hear(kind, value);
}

class Stream {
  #source = null;
  #failures = 0;
  #etag = "";
  #polling = false;

  constructor(eventsUrl, unreadUrl) {
    Object.assign(this, { eventsUrl, unreadUrl });
  }

  open() {
    if (over) return;
    const url = new URL(this.eventsUrl, location.href);
    url.searchParams.set("after", String(lastSeq));
    const source = new EventSource(url);
    this.#source = source;
    source.addEventListener("open", () => { this.#failures = 0; });
    for (const kind of ["notification", "reset", "bye"]) {
      source.addEventListener(kind, (event) => {
        tell(kind, event.data ? JSON.parse(event.data) : {});
        if (kind === "bye") this.close();
      });
    }
    source.addEventListener("error", () => {
      // The browser reconnects by itself after a cut; a refusal closes the source for good.
      if (source.readyState !== EventSource.CLOSED || over) return;
      this.close();
      const wait = RETRY_MS[this.#failures];
      this.#failures += 1;
      if (wait === undefined) this.poll();
      else setTimeout(() => this.open(), wait);
    });
  }

  close() {
    this.#source?.close();
    this.#source = null;
  }

  async poll() {
    if (this.#polling || over) return;
    this.#polling = true;
    const response = await fetch(this.unreadUrl, {
      headers: { Accept: "application/json", ...(this.#etag && { "If-None-Match": this.#etag }) },
      redirect: "manual",
      cache: "no-store",
    }).catch(() => null);
    this.#polling = false;
    if (response && (response.type === "opaqueredirect" || response.status === 401 || response.status === 403)) return;
    if (response?.status === 200) await this.#read(response);
    setTimeout(() => this.poll(), POLL_MS);
  }

  async #read(response) {
    this.#etag = response.headers.get("ETag") ?? "";
    const { unread, latest_seq: latest, items } = await response.json();
    for (const item of [...items].reverse()) tell("notification", { ...item, unread });
    tell("reset", { unread, seq: latest });
  }
}
