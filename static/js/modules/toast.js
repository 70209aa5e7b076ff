// One toast at a time, for six seconds of being seen. It takes no focus, and everything it says is in the feed too. One
// that is cut short by going to another page is shown there for the rest of its time.
import { kept } from "./page.js";

const SHOWN_MS = 6_000;
const TOO_MANY = 3;
const ENOUGH_MS = 2_000;
const carried = kept("sessionStorage", "nok.toasts");
const queue = [];
let open = null;

export function showToast(item) {
  queue.push(item);
  if (!open) next();
}

/** Another tab has shown it. */
export function forgetToast(seq) {
  const at = queue.findIndex((item) => item.seq === seq);
  if (at >= 0) queue.splice(at, 1);
}

const region = () => document.querySelector("[data-toasts]");

function next() {
  if (document.visibilityState === "hidden" || !queue.length) return;
  if (queue.length > TOO_MANY) {
    const message = region().dataset.many.replace("{count}", queue.length);
    const told = queue.splice(0);
    show({ message, url: "", told });
    return;
  }
  show(queue.shift());
}

function show(item) {
  const toast = document.getElementById("toast-template").content.firstElementChild.cloneNode(true);
  toast.querySelector("[data-toast-text]").textContent = item.message;
  const link = toast.querySelector("[data-toast-link]");
  if (item.url?.startsWith("/")) link.href = item.url;
  toast.querySelector("[data-toast-close]").addEventListener("click", close);
  region().replaceChildren(toast);
  open = { item, toast, left: item.left ?? SHOWN_MS, since: 0, timer: null };
  for (const shown of item.told ?? [item]) {
    document.dispatchEvent(new CustomEvent("nok:toast", { detail: shown.seq }));
  }
  for (const event of ["pointerenter", "focusin"]) toast.addEventListener(event, hold);
  for (const event of ["pointerleave", "focusout"]) toast.addEventListener(event, run);
  run();
}

function run() {
  if (!open || open.timer !== null || document.visibilityState === "hidden") return;
  if (open.toast.matches(":hover, :focus-within")) return;
  open.since = Date.now();
  open.timer = setTimeout(close, open.left);
}

function hold() {
  if (!open || open.timer === null) return;
  clearTimeout(open.timer);
  open.timer = null;
  open.left = Math.max(1_500, open.left - (Date.now() - open.since));
}

function close() {
  if (!open) return;
  clearTimeout(open.timer);
  open.toast.remove();
  open = null;
  next();
}

export function wireToasts() {
  queue.push(...(carried.read() ?? []));
  carried.write(null);
  next();
  addEventListener("pagehide", () => {
    hold();
    const cut = open && open.left > ENOUGH_MS && !open.item.told ? [{ ...open.item, left: open.left }] : [];
    const waiting = [...cut, ...queue];
    carried.write(waiting.length ? waiting : null);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) close();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") hold();
    else if (open) run();
    else next();
  });
}
