// @ts-check
// Boxes to type in: a number, a line, several lines.

import { make } from "../elements.js";
import { box, describe } from "../form_elements.js";
import { labelled } from "./frame.js";
import { textField } from "./text_field.js";

/** @import { Box, Control, Paragraph, View } from "../types" */

const TYPING_PAUSE = 1_500; // milliseconds of rest before a word count is read out

/** @param {Box} control @param {View} view @returns {Control} */
export function oneLine(control, view) {
  const field = textField(control.type, view, control.keyboard ? { inputmode: control.keyboard } : {});
  const unit = control.unit && make("span", { class: "ck-unit", id: view.newId(), text: control.unit });
  if (unit) describe(field.input, unit.id);
  return { ...field, node: labelled(control, view, field.input, box("line", field.node, unit)) };
}

/** @param {Paragraph} control @param {View} view @returns {Control} */
export function paragraph(control, view) {
  const field = textField("paragraph", view);
  if (!control.words) return { ...field, node: labelled(control, view, field.input, field.node) };
  const count = make("p", { class: "ck-count", id: view.newId() });
  /** @type {number | undefined} */
  let pause;
  const recount = () => {
    const written = field.get().trim().split(/\s+/).filter(Boolean).length;
    const over = written - control.words;
    count.textContent = view.word(over > 0 ? "words_over" : "words_count", { written, n: control.words, over });
    count.toggleAttribute("data-over", over > 0);
  };
  field.input.addEventListener("input", () => {
    recount();
    clearTimeout(pause);
    pause = setTimeout(() => view.announce(count.textContent), TYPING_PAUSE);
  });
  /** @param {unknown} value */
  const set = (value) => {
    field.set(value);
    recount();
  };
  describe(field.input, count.id);
  return { ...field, set, node: labelled(control, view, field.input, field.node, count) };
}
