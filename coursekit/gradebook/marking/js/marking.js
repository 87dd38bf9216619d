// @ts-check
// The marking page. Python says what lies on the desk (`view`); the page only asks for acts (`act`), one at a time, each
// with the unit that it was meant for.

import { make } from "../../../page/js/elements.js";
import { newPrefix } from "../../../page/js/ids.js";
import { LiveRegion } from "../../../page/js/live_region.js";
import { Shown } from "../../../page/js/shown.js";
import { clockToTheSecond, word } from "../../../page/js/words.js";
import { Acts } from "./acts.js";
import { UnitOnDesk } from "./desk.js";
import { box, note } from "./marking_elements.js";
import { ProgressBar } from "./progress.js";
import { questionSide, showQuestion } from "./question.js";
import { keyList, pressed, toggle } from "./shortcuts.js";

/** @import { Act, Desk, MarkingModel, Unit } from "./types" */
/** @import { Shortcuts } from "./shortcuts" */

const READ_OUT = 400; // characters of a text that are read out when it comes up

/** @implements {Desk} */
class Page {
  #shown = new Shown();
  live = new LiveRegion("ckm-hidden");
  alarm = make("div", { class: "ckm-alarm", role: "alert" });
  finish = make("section", { class: "ckm-finish", tabindex: "-1" });

  /** @param {MarkingModel} model @param {HTMLElement} root */
  constructor(model, root) {
    this.model = model;
    this.acts = new Acts(model, () => this.refresh());
    const prefix = newPrefix();
    this.progress = new ProgressBar(this);
    this.side = questionSide(this);
    this.help = keyList(this, `${prefix}-keys`);
    this.desk = new UnitOnDesk(this, prefix, () => toggle(this.help));
    this.body = box("body", this.side, this.desk.node);
    this.section = this.#section(`${prefix}-title`);
    document.addEventListener("keydown", this.#anywhere);
    root.replaceChildren(this.section);
    this.show();
  }

  get view() {
    return this.model.get("view");
  }

  /** @param {string} key @param {Record<string, any>} [values] */
  word(key, values) {
    return word(this.view.words, key, values);
  }

  /** @param {string} titleId */
  #section(titleId) {
    const titles = box("titles", make("h1", { id: titleId, text: this.view.title }), make("p", { class: "ckm-about", text: this.view.about }));
    const head = make("header", { class: "ckm-head" }, titles, this.progress.node);
    const parts = [head, this.alarm, this.finish, this.body, this.help, this.live.node];
    const section = make("section", { class: "ckm", "aria-labelledby": titleId, tabindex: "-1" }, ...parts);
    section.addEventListener("keydown", (event) => pressed(event, this.#shortcuts(event)));
    return section;
  }

  // -- to Python and back

  get changed() {
    const { unit } = this.view;
    return Boolean(unit) && this.desk.comment.isChanged(/** @type {Unit} */ (unit));
  }

  keep() {
    if (this.changed) this.acts.post({ do: "comment", comment: this.desk.comment.text });
  }

  /**
   * A comment that was typed and not saved goes first, for what it was written about.
   * @param {Act} act
   */
  send(act) {
    if (this.acts.busy || !this.view.unit) return;
    const first = this.changed && act.do !== "inside" ? [{ do: "comment", comment: this.desk.comment.text }] : [];
    this.acts.post(...first, act);
  }

  receive() {
    const act = this.acts.answered();
    this.show(act);
    if (act) this.acts.next();
  }

  // -- showing the view

  /** @param {Act | null} act by which it came */
  show(act = null) {
    const { view, desk } = this;
    const { unit, question, progress } = view;
    const within = desk.node.contains(document.activeElement) ? document.activeElement : null;
    const moved = this.#shown.isNew("unit", unit?.id);
    this.body.hidden = this.progress.node.hidden = !unit;
    if (unit && question && progress) {
      if (this.#shown.isNew("question", question)) showQuestion(this.side, question, view.agreements, this);
      desk.show(unit, question, moved, act);
      this.progress.show(progress);
    }
    const ended = this.#shown.isNew("finish", [view.finished, view.nothing]) && (view.finished || view.nothing);
    this.#showFinish();
    this.refresh();
    this.#speak(unit, moved);
    if (within && !(within.isConnected && /** @type {HTMLElement} */ (within).offsetParent)) desk.heading.focus();
    if (!act) this.section.focus({ preventScroll: true });
    if (ended && act) this.finish.focus();
    else if (moved && act && desk.heading.getBoundingClientRect().top < 0) desk.heading.scrollIntoView();
  }

  /** @param {Unit | null} unit @param {boolean} moved */
  #speak(unit, moved) {
    const said = [this.view.said];
    if (unit && moved) said.push(this.desk.heading.textContent ?? "", unit.texts[0].text.slice(0, READ_OUT));
    if (said.some(Boolean)) this.live.announce(said.filter(Boolean).join(". "));
  }

  #showFinish() {
    const { finished, nothing, then } = this.view;
    this.finish.hidden = !finished && !nothing;
    const title = make("h2", { text: this.word(finished ? "finished_title" : "nothing_title") });
    const command = make("pre", { tabindex: "0" }, make("code", { text: then }));
    const done = () => [make("p", { text: this.word("finished") }), command, note(this.word("finished_back"))];
    this.finish.replaceChildren(title, ...(finished ? done() : [make("p", { text: nothing })]));
  }

  /** What depends on whether something is under way, typed or lost. */
  refresh() {
    const { view, acts } = this;
    const saved = view.saved ? this.word("saved", { time: clockToTheSecond(view.words, view.saved) }) : this.word("unsaved");
    this.progress.saved.textContent = acts.busy ? this.word("saving") : saved;
    this.section.setAttribute("aria-busy", String(acts.busy));
    const trouble = acts.lost ? this.word("lost") : view.trouble;
    if (this.alarm.textContent !== trouble) this.alarm.textContent = trouble;
    this.desk.comment.box.toggleAttribute("data-changed", this.changed);
  }

  // -- keys

  /**
   * What keys do where the focus is.
   * @param {KeyboardEvent} event
   * @returns {Shortcuts}
   */
  #shortcuts(event) {
    const help = { "?": () => toggle(this.help) };
    if (event.target === this.desk.comment.box) return this.#inComment(event);
    if (this.help.open) return help;
    if (event.repeat || !this.view.unit) return {};
    const { texts, comment } = this.desk;
    /** @param {string} act */
    const send = (act) => () => this.send({ do: act });
    const levels = this.desk.levels.map((_, level) => [level, () => this.send({ do: "mark", level })]);
    const arrows = { ArrowDown: () => texts.step(1), ArrowUp: () => texts.step(-1) };
    const pull = () => this.send({ do: "pull", key: texts.chosen });
    const choosing = this.view.unit.size > 1 && !this.side.contains(/** @type {Node} */ (event.target));
    const acts = { n: send("next"), p: send("back"), u: send("undo"), g: send("inside"), s: send("split"), x: pull };
    return { ...Object.fromEntries(levels), ...acts, ...help, c: () => comment.focus(), ...(choosing ? arrows : {}) };
  }

  /** @param {KeyboardEvent} event @returns {Shortcuts} */
  #inComment(event) {
    const leave = () => this.desk.heading.focus();
    const keep = () => {
      this.keep();
      leave();
    };
    return event.shiftKey ? { Escape: leave } : { Enter: keep, Escape: leave };
  }

  /** @param {KeyboardEvent} event in the reading view there is nothing else on the page */
  #anywhere = (event) => {
    if (event.target === document.body && document.body.dataset.voila) pressed(event, this.#shortcuts(event));
  };

  close() {
    this.acts.close();
    this.live.close();
    document.removeEventListener("keydown", this.#anywhere);
  }
}

/** @param {{ model: MarkingModel, el: HTMLElement }} page @returns {() => void} what ends it */
function render({ model, el }) {
  const page = new Page(model, el);
  const receive = () => page.receive();
  model.on("change:view", receive);
  return () => {
    model.off("change:view", receive);
    page.close();
  };
}

export default { render };
