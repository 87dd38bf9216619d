// @ts-check
import { make } from "../elements.js";
import { box, button, describe } from "../form_elements.js";
import { textField } from "./text_field.js";
import { at } from "./values.js";

/** @import { Cell, Control, Field, Grid, GridRow, View } from "../types" */
/** @typedef {{ row: string, column: string, field: Field }} Place a box of the table */

/** @param {Grid} control @param {View} view @returns {Control} */
export function grid(control, view) {
  const width = Math.max(1, control.columns.length);
  const rows = control.rows.map((row) => gridRow(row, control, view, width));
  const places = rows.flatMap((row) => row.places);
  const heads = control.columns.map((column) => make("th", { scope: "col", text: column.text }));
  const head = heads.length > 0 && make("thead", {}, make("tr", {}, make("td"), ...heads));
  const caption = control.label && make("caption", { text: control.label });
  const name = control.label ? null : view.title;
  const body = make("tbody", {}, ...rows.flatMap((row) => row.nodes));
  const node = box("control", make("table", { class: "ck-grid", "aria-label": name }, caption, head, body));
  node.append(view.part(control.id, node, [], true));
  const get = () => {
    /** @type {Record<string, Record<string, string>>} */
    const answer = Object.fromEntries(control.rows.map((row) => [row.id, {}]));
    for (const { row, column, field } of places) answer[row][column] = field.get();
    return answer;
  };
  return { node, get, set: (value) => places.forEach(({ row, column, field }) => field.set(at(value, row, column))) };
}

/**
 * The row with its boxes, and a row below it for what is said about it.
 * @param {GridRow} row
 * @param {Grid} control
 * @param {View} view
 * @param {number} width in columns of boxes
 */
function gridRow(row, control, view, width) {
  const label = make("span", { id: view.newId(), text: row.label });
  const help = row.help && make("span", { class: "ck-help", id: view.newId(), text: row.help });
  const unit = row.unit && make("span", { class: "ck-unit", id: view.newId(), text: row.unit });
  const name = view.word("compare_named", { row: row.label });
  const compare = control.check_rows && button("small", view.word("compare"), () => view.send("check"), name);
  /** @type {Place[]} */
  const places = row.cells.map((cell) => ({ row: row.id, column: cell.column, field: cellField(cell, row, control, view) }));
  for (const { field } of places) for (const said of [unit, help]) if (said) describe(field.input, said.id);
  const alone = row.cells.length === 1;
  const cells = places.map(({ column, field }) =>
    make("td", { "data-column": alone ? null : nameOf(column, control), colspan: alone && width > 1 ? width : null }, field.node));
  const heading = make("th", { scope: "row", "aria-labelledby": label.id }, label, unit, help, compare);
  const tr = make("tr", {}, heading, ...cells);
  const slot = view.part(row.id, tr, places.map(({ field }) => field.input));
  const said = make("tr", { class: "ck-said" }, make("td", { colspan: width + 1 }, slot));
  return { places, nodes: [tr, said] };
}

/** @param {Cell} cell @param {GridRow} row @param {Grid} control @param {View} view */
function cellField(cell, row, control, view) {
  const column = nameOf(cell.column, control);
  const alone = row.cells.length === 1 || !column;
  const keyboard = cell.input === "number" ? { inputmode: row.keyboard } : {};
  return textField(cell.input, view, { ...keyboard, "aria-label": alone ? row.label : view.word("cell", { row: row.label, column }) });
}

/** @param {string} column @param {Grid} control */
const nameOf = (column, control) => control.columns.find((each) => each.id === column)?.text ?? "";
