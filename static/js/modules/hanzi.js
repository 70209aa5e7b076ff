// Links the Chinese font only where the page holds Chinese characters, in its text or in a field, and as soon as one is
// typed. Without scripts every page links it.
const HAN = /\p{Script=Han}/u;

let waiting = false;

export function loadHanzi() {
  const script = document.querySelector("script[data-hanzi]");
  if (!script) return;
  const fields = [...document.querySelectorAll("input, textarea")];
  if (HAN.test(document.body.textContent) || fields.some((field) => HAN.test(field.value))) link(script.dataset.hanzi);
  else if (!waiting) linkWhenTyped(script.dataset.hanzi);
}

function linkWhenTyped(href) {
  waiting = true;
  document.addEventListener("input", function look({ target }) {
    if (!HAN.test(target.value ?? "")) return;
    document.removeEventListener("input", look);
    link(href);
  });
}

function link(href) {
  if (document.querySelector(`link[href="${href}"]`)) return;
  const sheet = document.createElement("link");
  Object.assign(sheet, { rel: "stylesheet", href });
  document.head.append(sheet);
}
