// @ts-check
// The elements of a form, with the classes that page/css gives their looks.

import { make } from "./elements.js";

/** @param {string} look @param {(Node | string | false | null | undefined)[]} children */
export const box = (look, ...children) => make("div", { class: `ck-${look}` }, ...children);

/** @param {string} html what Python made from authors' Markdown */
export const prose = (html, look = "") => make("div", { class: `ck-prose ${look}`.trim(), html });

/** @param {string} look @param {string} text @param {() => void} onclick @param {string} [label] its name where the text is not enough */
export const button = (look, text, onclick, label) =>
  make("button", { type: "button", class: `ck-button ck-${look}`, text, onclick, "aria-label": label });

/**
 * Adds an element to those that describe a field.
 * @param {Element} input
 * @param {string} id
 */
export function describe(input, id) {
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
}
