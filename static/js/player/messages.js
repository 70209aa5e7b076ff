// What the player has to say: a strip under the picture that stays while it holds, and a polite live region.
import { bringIntoView } from "../modules/page.js";

export class Messages {
  #action = null;
  #kind = "";

  constructor(root) {
    this.box = root.querySelector("[data-message]");
    this.text = root.querySelector("[data-message-text]");
    this.button = root.querySelector("[data-message-action]");
    this.status = root.querySelector("[data-player-status]");
    this.button.addEventListener("click", () => this.#action?.());
  }

  /** `kind` names the state, so that only what showed it takes it away. `forMs`: goes by itself. `seen`: it answers a press that
      may have been far from the player, and is brought into sight. */
  show(kind, text, { action = null, label = "", forMs = 0, seen = false } = {}) {
    clearTimeout(this.timer);
    this.#kind = kind;
    this.#action = action;
    this.text.textContent = text;
    this.button.hidden = !action;
    this.button.textContent = label;
    this.box.hidden = false;
    if (seen) bringIntoView(this.box);
    this.say(text);
    if (forMs) this.timer = setTimeout(() => this.hide(kind), forMs);
  }

  hide(kind) {
    if (kind && kind !== this.#kind) return;
    this.#kind = "";
    this.box.hidden = true;
  }

  say(text) {
    if (this.status.textContent === text) this.status.textContent = "";
    requestAnimationFrame(() => {
      this.status.textContent = text;
    });
  }
}
