// @ts-check
import { make } from "../elements.js";
import { box } from "../form_elements.js";
import { asText } from "./values.js";

/** @import { Field, View } from "../types" */

/**
 * A box to type in. Its mirror holds the same text: it makes the box grow, and on paper it stands in for the box.
 * @param {string} kind "paragraph", "number" or "line"
 * @param {View} view
 * @param {Record<string, any>} attributes
 * @returns {Field}
 */
export function textField(kind, view, attributes = {}) {
  const tag = kind === "paragraph" ? "textarea" : "input";
  const typed = kind === "paragraph" ? { rows: 3 } : { type: "text", autocomplete: "off" };
  const figures = kind === "number" ? { inputmode: "decimal", spellcheck: "false" } : {};
  const input = make(tag, { id: view.newId(), class: "ck-input", ...typed, ...figures, ...attributes });
  const mirror = make("div", { class: "ck-mirror", "aria-hidden": "true" });
  const rules = Array.from({ length: kind === "paragraph" ? 4 : 1 }, () => box("rule"));
  const reflect = () => {
    if (input.value) mirror.textContent = `${input.value}\u200b`; // keeps a last empty line open
    else mirror.replaceChildren(...rules); // on paper: lines to write on
  };
  /** @param {unknown} value */
  const set = (value) => {
    input.value = asText(value);
    reflect();
  };
  input.addEventListener("input", reflect);
  return { input, get: () => input.value, set, node: box(`field ck-field-${kind}`, input, mirror) };
}
