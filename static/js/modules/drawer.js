// What lies over the page on a phone (the filters, the notes) is a popover: it opens and closes without scripts. Here keys and
// screen readers stay in it as the eye does, instead of going on behind it.
const APART = "dialog, [popover], [role=status], [role=alert], [aria-live], [data-toasts], script, template";

export function wireDrawers() {
  for (const drawer of document.querySelectorAll("[data-drawer]")) {
    let behind = [];
    const giveBack = () => {
      for (const each of behind) each.inert = false;
      behind = [];
    };
    drawer.addEventListener("beforetoggle", ({ newState }) => {
      if (newState === "closed") giveBack(); // before the browser returns the focus to what opened it
    });
    drawer.addEventListener("toggle", ({ newState }) => {
      if (newState !== "open") return;
      if (!drawer.contains(document.activeElement)) drawer.querySelector("[popovertargetaction=hide]").focus();
      giveBack();
      behind = besides([drawer, document.querySelector("h1")]); // the heading still says which page this is
      for (const each of behind) each.inert = true;
    });
    addEventListener("resize", () => {
      if (behind.length && getComputedStyle(drawer).position !== "fixed") drawer.hidePopover();
    });
  }
}

/** As few elements as hold everything besides those that are kept. */
function besides(kept, within = document.body) {
  return [...within.children].filter((each) => !each.inert && !each.matches(APART) && !kept.includes(each))
    .flatMap((each) => kept.some((one) => each.contains(one)) ? besides(kept, each) : [each]);
}
