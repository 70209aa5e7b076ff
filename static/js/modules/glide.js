// Between a card and the page that it leads to, the cover glides along: the one card that is left for, or come back from,
// gets the name that the cover has on that page. A browser without transitions between pages sends no such events.
export function glide() {
  addEventListener("pageswap", ({ viewTransition, activation }) => viewTransition && name(viewTransition, activation?.entry?.url));
  addEventListener("pagereveal", ({ viewTransition }) => viewTransition && name(viewTransition, globalThis.navigation?.activation?.from?.url));
}

function name(transition, address) {
  if (!address || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const link = [...document.querySelectorAll(".card a[href], .learning-card a[href]")].find(({ href }) => href === address);
  const cover = link?.closest(".card, .learning-card").querySelector(".cover");
  if (!cover) return;
  cover.style.viewTransitionName = "cover";
  transition.finished.catch(() => {}).finally(() => cover.style.removeProperty("view-transition-name"));
}
