// @ts-check
// What stands around a control: its name, its help, and the place for what is said about it.

import { make } from "../elements.js";
import { box, describe } from "../form_elements.js";

/** @import { Described, View } from "../types" */

/**
 * A fieldset named by the control's label; where there is none, by the exercise.
 * @param {Described} control
 * @param {View} view
 * @param {(Node | false)[]} children
 */
export function group(control, view, ...children) {
  const legend = make("legend", { text: control.label || view.title, class: control.label ? null : "ck-hidden" });
  const node = make("fieldset", { class: "ck-control" }, legend, ...children);
  const slot = view.part(control.id, node, [], true);
  node.append(slot);
  describe(node, slot.id);
  return node;
}

/**
 * A label above one field, with the help and the feedback that belong to it.
 * @param {Described & { help?: string }} control
 * @param {View} view
 * @param {HTMLElement} input
 * @param {Node[]} field
 */
export function labelled(control, view, input, ...field) {
  const help = control.help && make("p", { class: "ck-help", id: view.newId(), text: control.help });
  if (help) describe(input, help.id);
  if (!control.label) input.setAttribute("aria-label", view.title);
  const label = control.label && make("label", { for: input.id, class: "ck-label", text: control.label });
  const node = box("control", label, help, ...field);
  node.append(view.part(control.id, node, [input], true));
  return node;
}
