// Keeps the shell of this build and the offline page, nothing else: pages are for one person, and a clinic shares its computers.
// The server writes SHELL before this text: { offline, files }.
const NAME = `shell ${SHELL.files.join(" ")}`;

self.addEventListener("install", (event) => event.waitUntil(keepShell()));

self.addEventListener("activate", (event) => event.waitUntil(forgetOthers()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return; // a form that cannot be sent stays the browser's: it offers to send it once more
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(offlinePage));
  } else if (SHELL.files.includes(new URL(request.url).pathname)) {
    event.respondWith(caches.match(request.url).then((kept) => kept ?? fetch(request)));
  }
});

/** With a status of failure, so that what was fetched ahead is not shown once the network is back. */
async function offlinePage() {
  const kept = await caches.match(SHELL.offline);
  return kept ? new Response(kept.body, { status: 503, headers: kept.headers }) : Response.error();
}

/** Asks without cookies: the page that everybody sees must be nobody's. */
async function keepShell() {
  const shell = await caches.open(NAME);
  await shell.addAll([SHELL.offline, ...SHELL.files].map((url) => new Request(url, { credentials: "omit", cache: "no-cache" })));
  await self.skipWaiting();
}

async function forgetOthers() {
  for (const name of await caches.keys()) if (name !== NAME) await caches.delete(name);
  await self.clients.claim();
}
