// The page without a network makes room for the page that was wanted as soon as the server answers. The browser's own word
// is not enough: a clinic's Wi-Fi may be there and lead nowhere.
const EVERY_MS = 5000;
const OWN = "/offline"; // opened by itself it stands for no other page

async function look() {
  const answer = await fetch("/healthz", { cache: "no-store", credentials: "omit" }).catch(() => null);
  if (answer?.ok) location.reload();
}

if (location.pathname !== OWN) {
  addEventListener("online", look);
  setInterval(() => document.hidden || look(), EVERY_MS);
}
