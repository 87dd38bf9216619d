// @ts-check
import { icon, make } from "../elements.js";
import { button, describe } from "../form_elements.js";
import { group } from "./frame.js";
import { asList } from "./values.js";

/** @import { Arrange, Choice, Control, View } from "../types" */
/** @typedef {(item: Choice, step: 1 | -1) => void} Move */

/** @param {Arrange} control @param {View} view @returns {Control} */
export function arrange(control, view) {
  const help = make("p", { class: "ck-help", id: view.newId(), text: view.word("arrange_help") });
  const list = make("ol", { class: "ck-list", role: "list" });
  const rows = new Map(control.items.map((item) => [item.id, arrangeRow(item, view, help.id, move)]));
  const shown = () => /** @type {HTMLElement[]} */ ([...list.children]);
  const order = () => shown().map((row) => row.dataset.part);
  let moved = false; // where the list begins is no answer

  /**
   * The neighbour changes sides, so the row itself never leaves the page and keeps the focus.
   * @type {Move}
   */
  function move(item, step) {
    const row = rows.get(item.id);
    const neighbour = step < 0 ? row?.previousElementSibling : row?.nextElementSibling;
    if (!row || !neighbour) return view.announce(view.word(step < 0 ? "arrange_first" : "arrange_last", { item: item.text }));
    if (step < 0) row.after(neighbour);
    else row.before(neighbour);
    moved = true;
    showEnds();
    view.changed();
    view.announce(view.word("arrange_moved", { item: item.text, place: order().indexOf(item.id) + 1, all: rows.size }));
  }
  function showEnds() {
    for (const row of list.children) {
      row.querySelector(".ck-up")?.setAttribute("aria-disabled", String(row === list.firstElementChild));
      row.querySelector(".ck-down")?.setAttribute("aria-disabled", String(row === list.lastElementChild));
    }
  }
  /** @param {unknown} value */
  function set(value) {
    const known = asList(value).filter((id) => rows.has(id));
    moved = known.length > 0;
    list.replaceChildren(...new Set([...known, ...rows.keys()].map((id) => /** @type {Node} */ (rows.get(id)))));
    showEnds();
  }
  return { node: group(control, view, help, list), get: () => (moved ? order() : []), set };
}

/** @param {Choice} item @param {View} view @param {string} helpId @param {Move} move */
function arrangeRow(item, view, helpId, move) {
  /** @param {"up" | "down"} name @param {1 | -1} step */
  const mover = (name, step) => {
    const label = view.word(`arrange_${name}`, { item: item.text });
    const node = button(`square ck-${name}`, "", () => move(item, step), label);
    describe(node, helpId);
    node.append(icon(name));
    return node;
  };
  const movers = [mover("up", -1), mover("down", 1)];
  const row = make("li", { class: "ck-row" }, make("span", { class: "ck-text", text: item.text }), make("span", { class: "ck-movers" }, ...movers));
  row.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    move(item, event.key === "ArrowUp" ? -1 : 1);
  });
  row.append(view.part(item.id, row, movers));
  return row;
}
