// @ts-check
// The elements of the marking page, with the classes that marking.css gives their looks.

import { make } from "../../../page/js/elements.js";

/** @param {string} look @param {(Node | string | false | null | undefined)[]} children */
export const box = (look, ...children) => make("div", { class: `ckm-${look}` }, ...children);

/** @param {string} html what Python made from authors' Markdown */
export const prose = (html) => make("div", { class: "ckm-prose", html });

/** @param {string} text */
export const note = (text) => make("p", { class: "ckm-note", text });

/** @param {string} name the name of a key, beside what it does */
export const key = (name) => make("kbd", { text: name, "aria-hidden": "true" });

/** @param {string} look @param {string} text @param {() => void} onclick */
export const button = (look, text, onclick) => make("button", { type: "button", class: `ckm-button ckm-${look}`, text, onclick });

/**
 * A button whose key stands in it.
 * @param {string} look
 * @param {string} text
 * @param {string} shortcut
 * @param {() => void} onclick
 */
export function keyButton(look, text, shortcut, onclick) {
  const shown = make("span", { text });
  return make("button", { type: "button", class: `ckm-button ckm-${look}`, onclick, "aria-keyshortcuts": shortcut }, shown, key(shortcut));
}

/** Whether there is room beside the text; where there is none, what can be long starts closed. */
export const isWide = () => window.matchMedia("(min-width: 56rem)").matches;
