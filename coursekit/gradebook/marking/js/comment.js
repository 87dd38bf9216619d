// @ts-check
import { make } from "../../../page/js/elements.js";
import { box, button, key, note } from "./marking_elements.js";

/** @import { Desk, Unit } from "./types" */

/** What the marker writes to the learner, and what was written before. */
export class Comment {
  /** @param {Desk} desk @param {string} id */
  constructor(desk, id) {
    this.desk = desk;
    this.label = make("label", { for: id });
    this.box = make("textarea", { id, rows: 2, class: "ckm-input", maxlength: 2000 });
    this.box.addEventListener("input", () => desk.refresh());
    this.bankTitle = make("p", { class: "ckm-note", id: `${id}-bank`, text: desk.word("bank") });
    this.bank = make("ul", { class: "ckm-bank", role: "list", "aria-labelledby": this.bankTitle.id });
    const save = button("small", desk.word("save_comment"), () => desk.keep());
    this.node = box("comment", box("line", this.label, key("c")), this.box, box("acts", save), this.bankTitle, this.bank);
  }

  get text() {
    return this.box.value;
  }

  set text(text) {
    this.box.value = text;
  }

  /** @param {Unit} unit */
  isChanged(unit) {
    return this.text.trim() !== unit.comment;
  }

  focus() {
    this.box.focus();
  }

  /** @param {string[]} bank comments of before, to be taken again */
  showBank(bank) {
    /** @param {string} text */
    const take = (text) => {
      this.text = text;
      this.desk.refresh();
      this.focus();
    };
    /** @param {string} text */
    const used = (text) => make("li", {}, make("button", { type: "button", class: "ckm-used", text, onclick: () => take(text) }));
    this.bank.replaceChildren(...bank.map(used));
    this.bank.hidden = this.bankTitle.hidden = !bank.length;
  }
}
