// @ts-check
import { make } from "../elements.js";
import { box } from "../form_elements.js";
import { group } from "./frame.js";

/** @import { Control, Picking, View } from "../types" */

/** @param {Picking} control @param {View} view @returns {Control} */
export function pickOne(control, view) {
  const { node, picked, set } = options("radio", control, view);
  return { node, get: () => picked()[0] ?? "", set };
}

/** @param {Picking} control @param {View} view @returns {Control} */
export function pickMany(control, view) {
  const { node, picked, set } = options("checkbox", control, view);
  return { node, get: picked, set };
}

/** @param {string} type @param {Picking} control @param {View} view */
function options(type, control, view) {
  const name = view.newId();
  const inputs = control.options.map((option) => make("input", { type, name, value: option.id, id: view.newId() }));
  const rows = control.options.map((option, index) => {
    const label = make("label", { class: "ck-choice" }, inputs[index], make("span", { text: option.text }));
    const row = box("option", label);
    row.append(view.part(option.id, row, [inputs[index]]));
    return row;
  });
  const picked = () => inputs.filter((input) => input.checked).map((input) => input.value);
  /** @param {unknown} value */
  const set = (value) => inputs.forEach((input) => (input.checked = [value].flat().includes(input.value)));
  return { node: group(control, view, ...rows), picked, set };
}
