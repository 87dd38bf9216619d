// @ts-check
import { make } from "../../../page/js/elements.js";
import { key, note } from "./marking_elements.js";

/** @import { Desk, Text, Unit } from "./types" */

/** The texts on the desk, one of which is chosen where they are several. What a learner wrote is always textContent. */
export class Texts {
  node = make("ol", { class: "ckm-texts", role: "list" });
  #chosen = 1;

  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
  }

  /** The least alike is the first, the most typical the second: that one is chosen first. */
  begin() {
    this.#chosen = 1;
  }

  /** @param {Unit} unit */
  show(unit) {
    const group = unit.size > 1;
    this.node.replaceChildren(...unit.texts.map((one, index) => this.#item(one, index, unit, group)));
    this.node.classList.toggle("ckm-group", group);
    this.choose(Math.min(this.#chosen, unit.texts.length - 1), false);
  }

  /** @param {Text} one @param {number} index @param {Unit} unit @param {boolean} group */
  #item(one, index, unit, group) {
    const { desk } = this;
    const facts = [
      index < 2 && group && desk.word(index ? "least_alike" : "typical"),
      one.learners > 1 && desk.word("learners", { n: one.learners }),
      group && unit.level === null && one.level !== null && desk.word("has_level", { level: one.level }),
    ];
    const said = facts.filter(Boolean).join(" · ");
    const text = make("p", { class: "ckm-text", dir: "auto", text: one.text });
    return make("li", { class: "ckm-item", "data-key": one.key }, said && note(said), text, group && !unit.decide && this.#puller(one));
  }

  /** @param {Text} one */
  #puller(one) {
    const name = this.desk.word("pull_named", { text: one.text.slice(0, 60) });
    const looks = { type: "button", class: "ckm-button ckm-small ckm-pull", "aria-label": name, "aria-keyshortcuts": "x" };
    const onclick = () => this.desk.send({ do: "pull", key: one.key });
    return make("button", { ...looks, onclick }, make("span", { text: this.desk.word("pull") }), key("x"));
  }

  /** @returns {HTMLElement[]} */
  get #items() {
    return /** @type {HTMLElement[]} */ ([...this.node.children]);
  }

  /** @param {number} index */
  choose(index, focus = true) {
    const items = this.#items;
    this.#chosen = Math.max(0, Math.min(index, items.length - 1));
    items.forEach((item, place) => {
      const here = place === this.#chosen && items.length > 1;
      item.toggleAttribute("data-chosen", here);
      item.querySelector(".ckm-pull")?.setAttribute("tabindex", here ? "0" : "-1");
    });
    if (focus) /** @type {HTMLElement | null} */ (items[this.#chosen].querySelector(".ckm-pull"))?.focus();
  }

  /** @param {1 | -1} step */
  step(step) {
    this.choose(this.#chosen + step);
  }

  /** The key of the chosen text. */
  get chosen() {
    return this.#items[this.#chosen]?.dataset.key;
  }
}
