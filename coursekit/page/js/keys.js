// @ts-check
// Keys at the edge of what we draw. JupyterLab reads keys that leave it as commands: R turns the cell raw, X cuts it, arrows walk away.

const OF_CELLS = /^(a|m|backspace|arrow\w+)$/i; // with Ctrl, what Lab would do to its cells

/** @param {KeyboardEvent} event */
export const isCommand = (event) => (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");

/**
 * Combinations with Ctrl stay free (save, command palette), except those that Lab would use on the cells.
 * @param {KeyboardEvent} event
 */
export function keepInside(event) {
  if (!isCommand(event) || OF_CELLS.test(event.key)) event.stopPropagation();
}

/**
 * Keeps the keys of a form inside. Enter sends it with Ctrl from anywhere, and alone from a box that `boxes` selects.
 * @param {HTMLElement} section
 * @param {() => void} send
 * @param {string} boxes
 */
export function keepKeys(section, send, boxes = "") {
  section.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    const sends = event.key === "Enter" && !event.isComposing && (isCommand(event) || (boxes && target.matches(boxes)));
    if (!sends) return keepInside(event);
    event.preventDefault();
    event.stopPropagation();
    send();
  });
}
