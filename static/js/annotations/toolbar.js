// The toolbar at a selection: it opens when words are selected, by pointer, finger or keys, and never takes the focus.
const REST_MS = 150;
const GAP = 10;

export function wireToolbar(root, text, bar, act, { keys }) {
  let passage = null;
  let timer = 0;
  let touched = false;

  const close = () => {
    passage = null;
    if (bar.matches(":popover-open")) bar.hidePopover();
  };

  const look = () => {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    if (!range || !root.contains(closest(range.startContainer)) && !root.contains(closest(range.endContainer))) return close();
    passage = text().within(range);
    if (!passage || !/[\p{L}\p{N}]/u.test(text().say(passage.start, passage.end))) return close();
    show(range);
  };

  const show = (range) => {
    const rects = [...range.getClientRects()].filter((rect) => rect.width > 0);
    const place = rects.at(-1);
    if (!place) return close();
    if (!bar.matches(":popover-open")) bar.showPopover();
    const { width, height } = bar.getBoundingClientRect();
    const under = touched || rects[0].top - height - GAP < 64; // below a finger's selection: above it stands the system's own bar
    const top = under ? Math.min(place.bottom + GAP + (touched ? 14 : 0), innerHeight - height - GAP) : rects[0].top - height - GAP;
    const left = Math.max(GAP, Math.min(place.left + place.width / 2 - width / 2, innerWidth - width - GAP));
    bar.style.insetBlockStart = `${top}px`;
    bar.style.insetInlineStart = `${left}px`;
  };

  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(look, REST_MS);
  });
  document.addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
  });
  addEventListener("scroll", () => passage && look(), { passive: true });
  addEventListener("resize", close);
  // A press on a button would take the selection away before it is used.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && passage) act(button, passage, touched);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && passage) {
      close();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !keys || !passage || inField(event.target)) return;
    const button = { h: "[data-mark='']", n: "[data-note-selection]" }[event.key.toLowerCase()];
    if (!button) return;
    event.preventDefault();
    act(bar.querySelector(button), passage, false);
  });
  return { close };
}

const closest = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);
const inField = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog");
