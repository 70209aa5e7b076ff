// Small things that several parts need of the page and of the network.

/** The token that every unsafe request carries. */
export const csrfToken = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

export function postJson(url, body, { timeout = 15_000, keepalive = false } = {}) {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
    body: JSON.stringify(body),
    credentials: "same-origin",
    redirect: "manual", // a redirect leads to the sign-in page: the caller should see that, not its HTML
    keepalive,
    signal: timeout ? AbortSignal.timeout(timeout) : undefined,
  });
}

/** Status of a response, with a redirect (to the sign-in page) taken for what it means. */
export const statusOf = (response) => (response.type === "opaqueredirect" ? 401 : response.status);

/** Scrolls no further than needed, and without a glide for whoever asks for stillness. */
export function bringIntoView(element) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "nearest", behavior: still ? "instant" : "smooth" });
}

/** Fetches this page anew; null when that does not work. */
export async function freshPage() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (!response.ok || response.redirected) return null;
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** What the browser keeps for us; it may be full, off or forbidden, and then nothing is kept. */
export function kept(store, key) {
  return {
    read() {
      try {
        return JSON.parse(window[store].getItem(key));
      } catch {
        return null;
      }
    },
    write(value) {
      try {
        if (value === null) window[store].removeItem(key);
        else window[store].setItem(key, JSON.stringify(value));
      } catch {
        // Private windows and full disks: the page works, it only forgets.
      }
    },
  };
}

/** The names under which the browser keeps something, of those that begin so. */
export function keysOf(store, beginning) {
  try {
    return Object.keys(window[store]).filter((key) => key.startsWith(beginning));
  } catch {
    return [];
  }
}
