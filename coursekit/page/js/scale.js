// @ts-check
import { make } from "./elements.js";
import { box } from "./form_elements.js";

/**
 * A row of radio buttons for a level: how sure, or how near.
 * @param {string} name of the group, which no other on the page has
 * @param {string} legend
 * @param {[number, string][]} levels
 * @param {() => void} chosen
 */
export function scale(name, legend, levels, chosen) {
  const inputs = levels.map(([value]) => make("input", { type: "radio", name, value, onchange: chosen }));
  const rows = levels.map(([, text], index) => make("label", { class: "ck-level" }, inputs[index], make("span", { text })));
  return {
    node: make("fieldset", { class: "ck-control ck-scale" }, make("legend", { text: legend }), box("levels", ...rows)),
    get: () => Number(inputs.find((input) => input.checked)?.value) || null,
    /** @param {unknown} value */
    set: (value) => inputs.forEach((input) => (input.checked = input.value === asLevel(value))),
  };
}

/** @param {unknown} value */
const asLevel = (value) => (typeof value === "number" ? String(value) : "");
