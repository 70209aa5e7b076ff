// For keys alone: each paragraph can be highlighted whole. One button is in the order of Tab; the arrow keys go on to the
// next and the one before, so that fifty paragraphs are not fifty stops.
export function wireBlocks(root, label, mark) {
  const buttons = [...root.querySelectorAll("[data-block]")].filter((block) => block.textContent.trim()).map((block, number) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mark-block";
    button.setAttribute("aria-label", label); // shown by the style sheet: as text it would be copied along with the paragraph
    button.tabIndex = number ? -1 : 0;
    button.addEventListener("click", () => mark(block));
    block.append(button);
    return button;
  });
  root.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = buttons[at + (step ?? 0)];
    if (at < 0 || !step || !next) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}
