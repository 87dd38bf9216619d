// @ts-check
// What the marker reads beside the text: the criterion with its levels, the question, samples, how far two markers agree.

import { make } from "../../../page/js/elements.js";
import { box, isWide, note, prose } from "./marking_elements.js";

/** @import { Anchor, Desk, Question } from "./types" */

/** @param {Desk} desk */
export const questionSide = (desk) => make("aside", { class: "ckm-side", tabindex: "0", "aria-label": desk.word("question") });

/**
 * @param {HTMLElement} side
 * @param {Question} question
 * @param {string[]} agreements
 * @param {Desk} desk
 */
export function showQuestion(side, question, agreements, desk) {
  const summary = make("summary", { text: desk.word("question_titled", { title: question.title }) });
  const prompt = make("details", { class: "ckm-details", open: isWide() }, summary, prose(question.prompt));
  side.replaceChildren(criterion(question, desk), prompt, ...samples(question.anchors, desk), ...agreement(agreements, desk));
  side.scrollTop = 0;
}

/** @param {Question} question @param {Desk} desk */
function criterion(question, desk) {
  const nth = question.of > 1 && note(desk.word("criterion", { n: question.number, all: question.of }));
  const described = question.levels.filter((one) => one.text).reverse();
  if (described.length) described.push({ level: 0, text: desk.word("level_0") });
  /** @param {{ level: number, text: string }} one */
  const row = (one) => make("li", {}, make("strong", { text: one.level }), make("span", { text: one.text }));
  const list = () => make("ul", { class: "ckm-described", role: "list" }, ...described.map(row));
  return box("criterion", nth, make("h2", { text: question.criterion.text }), described.length ? list() : note(desk.word("no_levels")));
}

/** @param {Anchor[]} anchors @param {Desk} desk */
function samples(anchors, desk) {
  if (!anchors.length) return [];
  /** @param {Anchor} anchor */
  const one = ({ level, text, why }) =>
    make("article", { class: "ckm-sample" }, make("h3", { text: desk.word("sample", { level }) }),
      make("blockquote", { class: "ckm-prose", html: text }), prose(why));
  const summary = make("summary", { text: desk.word("samples") });
  return [make("details", { class: "ckm-details", open: isWide() }, summary, ...anchors.map(one))];
}

/** @param {string[]} agreements @param {Desk} desk */
function agreement(agreements, desk) {
  if (!agreements.length) return [];
  const rows = agreements.map((text) => make("li", { text }));
  return [make("details", { class: "ckm-details", open: true }, make("summary", { text: desk.word("agreement") }), make("ul", {}, ...rows))];
}
