// @ts-check
import { make } from "../elements.js";
import { labelled } from "./frame.js";
import { asText } from "./values.js";

/** @import { Choice, Control, Select, View } from "../types" */

/**
 * A menu that starts empty.
 * @param {View} view
 * @param {Choice[]} options
 * @param {Record<string, any>} attributes
 */
export function menu(view, options, attributes = {}, empty = view.word("choose")) {
  const items = options.map((option) => make("option", { value: option.id, text: option.text }));
  const first = make("option", { value: "", text: empty });
  const input = make("select", { id: view.newId(), class: "ck-input", ...attributes }, first, ...items);
  /** @param {unknown} value */
  const set = (value) => {
    input.value = asText(value);
    if (input.selectedIndex < 0) input.value = ""; // an option that is no longer there
  };
  return { input, get: () => input.value, set };
}

/**
 * On paper a menu cannot be opened: its options stand below it.
 * @param {View} view
 * @param {Choice[]} options
 */
export function onPaper(view, options) {
  const list = options.map((option) => option.text).join(" · ");
  return make("p", { class: "ck-paper", text: view.word("options", { list }) });
}

/** @param {Select} control @param {View} view @returns {Control} */
export function select(control, view) {
  const field = menu(view, control.options);
  return { ...field, node: labelled(control, view, field.input, field.input, onPaper(view, control.options)) };
}
