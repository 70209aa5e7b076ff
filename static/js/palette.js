// The search page in a dialog: its form, and what it finds while one types. Nothing here is written twice: the words and the
// results are those of the page.
import { loadHanzi } from "./modules/hanzi.js";

const PAUSE_MS = 150;
let palette;

/** Opens the search at `url`; rejects when it cannot be had. `slash` keeps whether "/" opens it, too. */
export async function openPalette(url, slash) {
  palette ??= page(url).then((source) => new Palette(source, url, slash)); // the promise: two keys may come before the page
  try {
    (await palette).open();
  } catch (error) {
    palette = undefined;
    throw error;
  }
}

async function page(url, signal) {
  const answer = await fetch(url, { headers: { Accept: "text/html" }, credentials: "same-origin", signal });
  if (answer.status !== 422 && !answer.ok) throw new Error(`search answered ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

class Palette {
  constructor(source, url, slash) {
    this.url = url;
    this.timer = this.asking = undefined;
    const form = source.querySelector("main form.search");
    const keys = source.querySelector("[data-palette-keys]");
    this.field = form.querySelector("input[type=search]");
    form.querySelector("label").htmlFor = this.field.id = "palette-q";
    this.status = Object.assign(document.createElement("p"), { className: "meta", role: "status" });
    this.found = Object.assign(document.createElement("div"), { className: "palette-found" });
    this.dialog = Object.assign(document.createElement("dialog"), { className: "palette" });
    this.dialog.ariaLabel = source.querySelector("h1").textContent;
    keys.hidden = false;
    this.failed = keys.dataset.failed;
    this.dialog.append(form, this.status, this.found, keys);
    document.body.append(this.dialog);
    this.wire(keys.querySelector("input"), slash);
  }

  wire(choice, slash) {
    choice.checked = slash.read() !== false;
    choice.addEventListener("change", () => slash.write(choice.checked));
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), PAUSE_MS);
    });
    this.dialog.addEventListener("keydown", (event) => this.pressed(event));
    this.dialog.addEventListener("close", () => this.stop());
    this.dialog.addEventListener("click", ({ target }) => target === this.dialog && this.dialog.close());
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
    this.field.select();
  }

  /** Nothing is asked for any more. */
  stop() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  /** Arrows lead from the field through the results and back; Escape closes, where a search field would only be emptied. */
  pressed(event) {
    if (event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      return this.dialog.close();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [this.field, ...this.found.querySelectorAll("a")];
    const here = stops.indexOf(document.activeElement);
    if (here < 0) return;
    event.preventDefault();
    stops[(here + step + stops.length) % stops.length].focus();
  }

  async search() {
    this.stop();
    this.asking = new AbortController();
    const { signal } = this.asking;
    const words = this.field.value.trim();
    if (!words) return this.show([], "");
    const address = new URL(this.url);
    address.searchParams.set("q", words);
    try {
      const source = await page(address, signal);
      const said = source.querySelector("main .result-count, main .field-error");
      this.show(source.querySelectorAll("main .hits, main .empty"), said?.textContent ?? "");
    } catch (error) {
      if (error.name !== "AbortError") this.show([], this.failed); // the page below may hold what is not saved yet
    }
  }

  show(parts, said) {
    if (this.found.contains(document.activeElement)) this.field.focus(); // what had the focus goes away
    this.found.replaceChildren(...parts);
    for (const named of this.found.querySelectorAll("[id]")) named.id = `palette-${named.id}`;
    for (const part of this.found.querySelectorAll("[aria-labelledby]")) {
      part.setAttribute("aria-labelledby", `palette-${part.getAttribute("aria-labelledby")}`);
    }
    this.status.textContent = said.trim();
    loadHanzi();
  }
}
