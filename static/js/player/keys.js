// Keys, as most players have them. They work only while the focus is inside the player.
const SMALL_S = 5;
const LARGE_S = 10;

/** `act` holds the verbs: play, by(seconds), to(fraction), volume(step), faster(step), mute, captions, pip, theater, full, chapter(by), … */
export function wireKeys(player, act) {
  const plain = {
    k: act.play, j: () => act.by(-LARGE_S), l: () => act.by(LARGE_S), m: act.mute, c: act.captions, f: act.full, w: act.theater,
    i: act.pip, t: act.transcript, "<": () => act.faster(-1), ">": () => act.faster(1), "?": act.help,
    "[": () => act.chapter(-1), "]": () => act.chapter(1),
    ArrowLeft: () => act.by(-SMALL_S), ArrowRight: () => act.by(SMALL_S),
    ArrowUp: () => act.volume(0.1), ArrowDown: () => act.volume(-0.1),
  };
  player.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (target.matches("select, textarea, input:not([type=range])")) return;
    if (target.matches("[data-volume]") && event.key.startsWith("Arrow")) return;
    const run = verb(event, target, plain, act);
    if (!run) return;
    event.preventDefault();
    run();
  });
}

function verb(event, target, plain, act) {
  const { key } = event;
  // Space and Enter press the button that has the focus; elsewhere in the player Space plays.
  if (key === " ") return target.matches("button, a, summary") ? null : act.play;
  if (target.matches("[data-seek]")) {
    const sliding = { ArrowUp: SMALL_S, ArrowDown: -SMALL_S, PageUp: 30, PageDown: -30 }[key];
    if (sliding) return () => act.by(sliding);
    if (key === "Home") return () => act.to(0);
    if (key === "End") return () => act.to(1);
  }
  if (/^\d$/.test(key)) return () => act.to(Number(key) / 10);
  return plain[key] ?? plain[key.toLowerCase()];
}
