// One polite live region for the whole page. It speaks plain text, at most once in ten seconds; what comes meanwhile is
// summed up.
const REST_MS = 10_000;
let waiting = [];
let quietUntil = 0;
let timer = null;

export function announce(text, many) {
  waiting.push(text);
  if (timer === null) timer = setTimeout(() => speak(many), Math.max(0, quietUntil - Date.now()));
}

function speak(many) {
  timer = null;
  const region = document.getElementById("announcer");
  const text = waiting.length > 1 ? many.replace("{count}", waiting.length) : waiting[0];
  waiting = [];
  quietUntil = Date.now() + REST_MS;
  if (!region) return;
  region.textContent = "";
  // A region that is emptied and filled in one step may be taken for unchanged.
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
