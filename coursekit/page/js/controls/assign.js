// @ts-check
import { make } from "../elements.js";
import { box } from "../form_elements.js";
import { group } from "./frame.js";
import { menu, onPaper } from "./menus.js";
import { at } from "./values.js";

/** @import { Assign, Control, View } from "../types" */

/** @param {Assign} control @param {View} view @returns {Control} */
export function assign(control, view) {
  const items = control.items.map((item) => ({ ...item, menu: menu(view, control.buckets) }));
  const rows = items.map(({ id, text, menu: { input } }) => {
    const row = box("row", make("label", { class: "ck-text", for: input.id, text }), input);
    row.append(view.part(id, row, [input]));
    return row;
  });
  const placed = () => items.map((item) => [item.id, item.menu.get()]).filter(([, bucket]) => bucket);
  /** @param {unknown} value */
  const set = (value) => items.forEach((item) => item.menu.set(at(value, item.id)));
  return { node: group(control, view, onPaper(view, control.buckets), ...rows), get: () => Object.fromEntries(placed()), set };
}
