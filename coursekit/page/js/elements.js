// @ts-check
// What everything on our pages is drawn with.

const SVG = "http://www.w3.org/2000/svg";
/** @type {Record<string, string>} */
const ICONS = {
  right: "M5 12.5l4.5 4.5L19 7.5",
  partly: "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 4v16M12 8.5h6M12 12h8M12 15.5h6",
  wrong: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  missed: "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 8v5M12 16v.1",
  note: "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 11.5v4.5M12 8v.1",
  unreadable: "M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.1-1.5 2.3M12 18.5v.1",
  marking: "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16M12 8v4l3 2",
  kept: "M7 4.5h10v15l-5-4-5 4z",
  up: "M12 19V5.5M6 11l6-6 6 6",
  down: "M12 5v13.5M6 13l6 6 6-6",
  box: "M5 5h14v14H5z",
  ticked: "M5 5h14v14H5zM8 12.5l3 3 5.5-7",
};

/**
 * An element. `html` is only for what Python made from authors' Markdown; what a learner typed is text or value. A value of
 * undefined, null or false leaves its attribute out; a child that is nothing is left out too.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, any>} attributes
 * @param {(Node | string | false | null | undefined)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "html") node.innerHTML = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(.../** @type {(Node | string)[]} */ (children.filter(Boolean)));
  return node;
}

/**
 * A line drawing in the colour of the text; words beside it say the same.
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  const looks = { viewBox: "0 0 24 24", "aria-hidden": "true", class: `ck-icon ck-icon-${name}` };
  for (const [key, value] of Object.entries(looks)) svg.setAttribute(key, value);
  path.setAttribute("d", ICONS[name] ?? ICONS.note);
  svg.append(path);
  return svg;
}
