// Sentences that hold only where scripts run are hidden in the page, and shown here: without scripts they would not be true.
export function sayWhatScriptsDo() {
  for (const words of document.querySelectorAll("[data-scripted]")) words.hidden = false;
}
