// @ts-check
import { make } from "../../../page/js/elements.js";
import { isCommand, keepInside } from "../../../page/js/keys.js";
import { button, note } from "./marking_elements.js";

/** @import { Desk } from "./types" */
/** @typedef {Record<string, () => void>} Shortcuts by the name of a key */

const LISTED = [
  ["0 – 4", "levels"], ["c", "comment"], ["n", "next"], ["p", "back"], ["u", "undo"], ["g", "inside"],
  ["↑ ↓", "arrows"], ["x", "pull"], ["s", "split"], ["?", "help"],
];

/**
 * The list of keys.
 * @param {Desk} desk
 * @param {string} id of its title
 */
export function keyList(desk, id) {
  const list = make("dl", { class: "ckm-keys" });
  for (const [shortcut, name] of LISTED) {
    list.append(make("dt", {}, make("kbd", { text: shortcut })), make("dd", { text: desk.word(`key_${name}`) }));
  }
  const title = make("h2", { id, text: desk.word("keys_title") });
  const close = button("plain", desk.word("close"), () => dialog.close());
  const dialog = make("dialog", { class: "ckm-help", "aria-labelledby": id }, title, list, note(desk.word("keys_note")), close);
  return dialog;
}

/** @param {HTMLDialogElement} dialog the browser puts the focus back when it closes */
export function toggle(dialog) {
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

/**
 * A key on the marking page: it stays there, as whatever is around (JupyterLab) would take letters for commands.
 * @param {KeyboardEvent} event
 * @param {Shortcuts} shortcuts those that do something here and now
 */
export function pressed(event, shortcuts) {
  keepInside(event);
  if (isCommand(event) || event.altKey || event.isComposing) return;
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!Object.hasOwn(shortcuts, name)) return;
  event.preventDefault();
  shortcuts[name]();
}
