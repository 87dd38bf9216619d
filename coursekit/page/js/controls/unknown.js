// @ts-check
import { make } from "../elements.js";

/** @import { Control, Described, View } from "../types" */

/**
 * A way to answer that this page does not know, as the course is newer than the page: it says so, and keeps the answer as it is.
 * @param {Described} control
 * @param {View} view
 * @returns {Control}
 */
export function unknown(control, view) {
  /** @type {unknown} */
  let kept = null;
  const text = view.word("unknown_control", { label: control.label || view.title });
  return { node: make("p", { class: "ck-alarm", role: "alert", text }), get: () => kept, set: (value) => (kept = value ?? null) };
}
