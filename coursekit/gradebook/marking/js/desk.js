// @ts-check
// What lies before the marker: one text or a group of them, the levels to give, and a comment.

import { make } from "../../../page/js/elements.js";
import { Shown } from "../../../page/js/shown.js";
import { Comment } from "./comment.js";
import { box, keyButton } from "./marking_elements.js";
import { Texts } from "./texts.js";

/** @import { Act, Desk, Question, Unit } from "./types" */

const LETTERS = "ABCDEFGH"; // of the markers, whose names are hidden
const LEVELS = [0, 1, 2, 3, 4];

export class UnitOnDesk {
  #shown = new Shown();
  heading = make("h2", { class: "ckm-heading", tabindex: "-1" });
  given = make("ul", { class: "ckm-given" });
  more = make("p", { class: "ckm-note" });
  legend = make("legend");

  /**
   * @param {Desk} desk
   * @param {string} prefix of ids
   * @param {() => void} help shows the list of keys
   */
  constructor(desk, prefix, help) {
    this.desk = desk;
    this.texts = new Texts(desk);
    this.comment = new Comment(desk, `${prefix}-comment`);
    this.inside = keyButton("small", desk.word("inside"), "g", () => desk.send({ do: "inside" }));
    const split = keyButton("small", desk.word("split"), "s", () => desk.send({ do: "split" }));
    this.groupBar = box("acts", this.inside, split);
    this.levels = LEVELS.map((level) => this.#level(level));
    const parts = [this.heading, this.given, this.texts.node, this.more, this.groupBar, this.#bottom(help), this.comment.node];
    this.node = box("main", ...parts);
  }

  /** @param {() => void} help */
  #bottom(help) {
    const { desk } = this;
    const levels = make("fieldset", { class: "ckm-levels" }, this.legend, box("row", ...this.levels));
    const ways = [["back", "p"], ["next", "n"], ["undo", "u"]];
    const acts = ways.map(([name, shortcut]) => keyButton("plain", desk.word(name), shortcut, () => desk.send({ do: name })));
    return box("bottom", levels, box("acts", ...acts, keyButton("plain", desk.word("help"), "?", help)));
  }

  /** @param {number} level */
  #level(level) {
    const number = make("strong", { text: level });
    const word = make("span", { text: this.desk.word(`level_${level}`) });
    const onclick = () => this.desk.send({ do: "mark", level });
    return make("button", { type: "button", class: "ckm-level", "aria-keyshortcuts": String(level), onclick }, number, word);
  }

  /**
   * @param {Unit} unit
   * @param {Question} question
   * @param {boolean} moved whether it is another than before
   * @param {Act | null} act by which it came
   */
  show(unit, question, moved, act) {
    const { desk } = this;
    const group = unit.size > 1;
    this.heading.textContent = this.#title(unit);
    if (moved) this.texts.begin();
    if (this.#shown.isNew("texts", [unit.id, unit.texts, unit.inside])) this.texts.show(unit);
    this.more.textContent = unit.hidden ? desk.word("more_inside", { n: unit.hidden }) : "";
    this.groupBar.hidden = !group;
    /** @type {Element} */ (this.inside.firstElementChild).textContent = desk.word(unit.inside ? "outside" : "inside");
    this.inside.setAttribute("aria-expanded", String(unit.inside));
    this.legend.textContent = desk.word(group ? "levels" : "levels_one");
    this.#showLevels(unit, question);
    this.#showGiven(unit);
    this.comment.label.textContent = desk.word(group ? "comment_group" : "comment");
    if (moved || act?.do === "comment" || act?.do === "undo") this.comment.text = unit.comment;
    if (this.#shown.isNew("bank", unit.bank)) this.comment.showBank(unit.bank);
  }

  /** @param {Unit} unit */
  #title(unit) {
    const { desk } = this;
    const n = unit.learners;
    const group = { texts: desk.word("group_texts", { n: unit.size }), learners: desk.word("group_learners", { n }) };
    if (unit.size > 1) return desk.word("group", group);
    return n > 1 ? desk.word("single_many", { n }) : desk.word("single");
  }

  /** @param {Unit} unit @param {Question} question */
  #showLevels(unit, question) {
    this.levels.forEach((node, level) => {
      const text = question.levels[level].text || this.desk.word(`level_${level}`);
      node.setAttribute("aria-pressed", String(unit.level === level));
      node.setAttribute("aria-label", `${level}: ${text}`);
    });
  }

  /** @param {Unit} unit */
  #showGiven(unit) {
    /** @param {Unit["given"][number]} one @param {number} index */
    const row = ({ level, comment }, index) => {
      const strong = make("strong", { text: this.desk.word("given", { letter: LETTERS[index] ?? index + 1, level }) });
      return make("li", {}, strong, comment && make("span", { text: this.desk.word("given_comment", { comment }) }));
    };
    if (this.#shown.isNew("given", unit.given)) this.given.replaceChildren(...unit.given.map(row));
    this.given.hidden = !unit.given.length;
  }
}
