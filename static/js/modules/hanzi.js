// Links the Chinese font only where the page holds Chinese characters, in its text or in a field, and as soon as one is
// typed: first the small sheet with the characters of the field, and the large one where another character is met.
// Without scripts every page links both.
const HAN = /\p{Script=Han}/u;
const FAMILY = "Noto Serif SC Variable";

let waiting = false;
let field = null;

export function loadHanzi() {
  const script = document.querySelector("script[data-hanzi]");
  if (!script) return;
  const typed = [...document.querySelectorAll("input, textarea")].map((input) => input.value);
  const text = document.body.textContent + typed.join("");
  if (HAN.test(text)) link(script.dataset, text);
  else if (!waiting) linkWhenTyped(script.dataset);
}

function linkWhenTyped(sheets) {
  waiting = true;
  document.addEventListener("input", ({ target }) => {
    if (HAN.test(target.value ?? "")) link(sheets, target.value);
  });
}

function link(sheets, text) {
  const first = field ? null : (field = sheetAt(sheets.field));
  const others = () => {
    const known = new Set([...document.fonts].filter(({ family }) => family.includes(FAMILY)).flatMap(lettersOf));
    if (![...text].some((letter) => HAN.test(letter) && !known.has(letter.codePointAt(0)))) return;
    if (!document.querySelector(`link[href="${sheets.hanzi}"]`)) field.before(sheetAt(sheets.hanzi)); // the later one wins
  };
  if (!first) return others();
  first.addEventListener("load", others);
  document.head.append(first);
}

/** The code points of a face of the field's sheet, whose range names each by itself. */
const lettersOf = ({ unicodeRange }) => unicodeRange.split(",").map((part) => parseInt(part.trim().slice(2), 16));

function sheetAt(href) {
  return Object.assign(document.createElement("link"), { rel: "stylesheet", href });
}
