// @ts-check
import { make } from "../elements.js";
import { box, button } from "../form_elements.js";
import { group } from "./frame.js";
import { asList, asText } from "./values.js";

/** @import { Choice, Control, Revise, View } from "../types" */

/**
 * Cards one by one, each with a slider that starts where the last one stood: not to move one is an answer too, not to move any is none.
 * @param {Revise} control
 * @param {View} view
 * @returns {Control}
 */
export function revise(control, view) {
  const rows = control.cards.map((card) => reviseRow(card, control, view));
  const next = button("small", view.word("next_card"), () => {
    show(shown + 1, rows[shown - 1].get());
    rows[shown - 1].input.focus();
    view.changed();
  });
  let shown = 1;
  let moved = false;
  /** @param {number} count @param {number} [start] */
  function show(count, start) {
    shown = Math.min(count, rows.length);
    if (start !== undefined) rows[shown - 1].set(start);
    rows.forEach((row, index) => row.node.classList.toggle("ck-later", index >= shown));
    next.hidden = shown === rows.length;
  }
  const get = () => (moved ? rows.slice(0, shown).map((row) => row.get()) : []);
  /** @param {unknown} value */
  const set = (value) => {
    const places = asList(value).slice(0, rows.length);
    moved = places.length > 0;
    rows.forEach((row, index) => row.set(places[index] ?? control.start));
    show(Math.max(1, places.length));
  };
  const list = make("ol", { class: "ck-list", role: "list" }, ...rows.map((row) => row.node));
  list.addEventListener("input", () => (moved = true)); // before the exercise looks at the answer
  return { node: group(control, view, list, next), get, set };
}

/** @param {Choice} card @param {Revise} control @param {View} view */
function reviseRow(card, control, view) {
  const label = make("span", { class: "ck-text", id: view.newId(), text: card.text });
  const ends = make("span", { class: "ck-ends", id: view.newId() }, make("span", { text: control.low }), make("span", { text: control.high }));
  const named = { "aria-labelledby": label.id, "aria-describedby": ends.id };
  const input = make("input", { type: "range", min: 0, max: 100, step: 1, class: "ck-slider", ...named });
  const shown = make("output", { class: "ck-unit" });
  const show = () => (shown.textContent = input.value);
  /** @param {unknown} value */
  const set = (value) => {
    input.value = String(Number(asText(value) || NaN)); // what is no number is put into the middle
    show();
  };
  input.addEventListener("input", show);
  const node = make("li", { class: "ck-row ck-card" }, label, box("line", input, shown), ends);
  node.append(view.part(card.id, node, [input]));
  return { node, input, get: () => Number(input.value), set };
}
