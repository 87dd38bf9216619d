// @ts-check
import { make } from "./elements.js";

/** What is read out by screen readers and not seen. */
export class LiveRegion {
  /** @type {number | undefined} */
  #speaking;

  /** @param {string} hidden the class that hides it from the eye */
  constructor(hidden) {
    this.node = make("div", { class: hidden, role: "status" });
  }

  /** @param {string | null} text emptied first, so that the same sentence is heard twice */
  announce(text) {
    this.node.textContent = "";
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => (this.node.textContent = text), 60);
  }

  close() {
    clearTimeout(this.#speaking);
  }
}
