// @ts-check
import { make } from "./elements.js";
import { describe } from "./form_elements.js";

/** @import { Part } from "./types" */

/** The parts of an exercise that something can be said about, each with the place where that will stand. */
export class Parts {
  /** @type {Map<string, Part>} */
  #parts = new Map();

  /**
   * Ties feedback about `id` to the element it is about. Gives the empty place where the feedback will stand.
   * @param {string} id of the part; with `whole` it is a control, which goes before a part of that name
   * @param {string} slotId
   * @param {HTMLElement} host
   * @param {HTMLElement[]} inputs
   * @param {boolean} whole
   */
  add(id, slotId, host, inputs, whole) {
    const slot = make("div", { class: "ck-why", id: slotId });
    host.dataset.part = id;
    for (const input of inputs) describe(input, slot.id);
    if (whole || !this.#parts.has(id)) this.#parts.set(id, { host, slot, inputs });
    return slot;
  }

  /** @param {string} id */
  get(id) {
    return this.#parts.get(id);
  }

  /** Nothing is said about any of them. */
  clear() {
    for (const { host, slot, inputs } of this.#parts.values()) {
      slot.replaceChildren();
      host.removeAttribute("data-verdict");
      inputs.forEach((input) => input.removeAttribute("aria-invalid"));
    }
  }
}

/**
 * The first place of a part that can have the focus.
 * @param {Part | undefined} part
 * @returns {HTMLElement | null | undefined}
 */
export const placeOf = (part) => part?.inputs[0] ?? part?.host.querySelector("input, select, textarea, [role=button], button");
