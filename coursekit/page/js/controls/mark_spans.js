// @ts-check
import { icon, make } from "../elements.js";
import { box } from "../form_elements.js";
import { group } from "./frame.js";
import { menu, onPaper } from "./menus.js";
import { asList } from "./values.js";

/** @import { Control, MarkSpans, Span, View } from "../types" */

/** @param {MarkSpans} control @param {View} view @returns {Control} */
export function markSpans(control, view) {
  const asked = control.reasons.length > 0;
  const marks = control.spans.map((span) => stretch(span, control, view));
  const help = make("p", { class: "ck-help", text: view.word(asked ? "mark_help_reasons" : "mark_help") });
  /** @param {typeof marks[number]} mark */
  const value = ({ span, reason }) => (asked ? { mark: span.id, reason: reason.get() } : span.id);
  const get = () => marks.filter((mark) => mark.on()).map(value);
  /** @param {unknown} value */
  const set = (value) => {
    const chosen = new Map(asList(value).map((mark) => [mark?.mark ?? mark, mark?.reason]));
    marks.forEach((mark) => mark.turn(chosen.has(mark.span.id), chosen.get(mark.span.id)));
  };
  return { node: group(control, view, help, passage(marks), asked && onPaper(view, control.reasons)), get, set };
}

/** @param {{ span: Span, node: Node }[]} marks in paragraphs */
function passage(marks) {
  /** @type {(typeof marks)[]} */
  const paragraphs = [];
  marks.forEach((mark, index) => {
    if (index === 0 || mark.span.paragraph) paragraphs.push([]);
    paragraphs[paragraphs.length - 1].push(mark);
  });
  return box("passage", ...paragraphs.map((lines) => box("lines", ...lines.flatMap(({ node }) => [node, " "]))));
}

/**
 * One stretch of text: a toggle that flows with its neighbours (a real <button> cannot), and its reason.
 * @param {Span} span
 * @param {MarkSpans} control
 * @param {View} view
 */
function stretch(span, control, view) {
  const acts = { class: "ck-span", role: "button", tabindex: "0" };
  const toggle = make("span", acts, icon("box"), icon("ticked"), span.text);
  const name = view.word("reason", { text: span.text });
  const reason = menu(view, control.reasons, { "aria-label": name }, view.word("reason_choose"));
  const on = () => toggle.getAttribute("aria-pressed") === "true";
  /** @param {boolean} pressed @param {unknown} [why] */
  const turn = (pressed, why) => {
    toggle.setAttribute("aria-pressed", String(pressed));
    reason.input.hidden = !pressed || !control.reasons.length;
    reason.set(why);
  };
  const flip = () => {
    turn(!on());
    view.changed();
  };
  toggle.addEventListener("click", flip);
  toggle.addEventListener("keydown", (event) => {
    if (![" ", "Enter"].includes(event.key) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) flip();
  });
  const node = box("stretch", toggle, reason.input);
  node.append(view.part(span.id, node, [toggle, reason.input]));
  return { span, node, on, turn, reason };
}
