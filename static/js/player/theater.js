// The wide player: the film takes the whole width, and the outline comes below. Kept for the next lesson.
import { bringIntoView, kept } from "../modules/page.js";

const wideKept = kept("localStorage", "nok.theater");

/** `lesson` is what holds the film and the outline; `changed(wide)` tells the bar. */
export function theater(lesson, changed) {
  const show = (wide) => {
    lesson.classList.toggle("theater", wide);
    changed(wide);
  };
  return {
    restore: () => show(wideKept.read() === true),
    toggle: () => {
      const wide = !lesson.classList.contains("theater");
      wideKept.write(wide);
      show(wide);
      bringIntoView(lesson.querySelector("[data-player]"));
    },
  };
}
