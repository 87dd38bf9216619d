// @ts-check
// One exercise, drawn as a native form. Python says what to draw (`fixed`) and how the answer stands (`state`); the page only ever
// sends `submission`.

import { drawn } from "./controls.js";
import { Draft } from "./draft.js";
import { icon, make } from "./elements.js";
import { Foot } from "./foot.js";
import { prose } from "./form_elements.js";
import { newPrefix } from "./ids.js";
import { keepKeys } from "./keys.js";
import { LiveRegion } from "./live_region.js";
import { Parts } from "./parts.js";
import { Replies } from "./replies.js";
import { scale } from "./scale.js";
import { Wire } from "./wire.js";
import { clock, word } from "./words.js";

/** @import { Act, ExerciseModel, Pending, View } from "./types" */

const CONFIDENCE = [50, 60, 70, 80, 90, 100];

/** @implements {View} */
export class Exercise {
  #ids = 0;
  prefix = newPrefix();
  parts = new Parts();
  live = new LiveRegion("ck-hidden");
  /** @type {string | null} all that was entered, as it is in the record */
  saved = null;
  /** @type {string | null} the answer that the feedback is about */
  judged = null;

  /** @param {ExerciseModel} model @param {HTMLElement} root */
  constructor(model, root) {
    this.model = model;
    this.fixed = model.get("fixed");
    this.title = this.fixed.title;
    this.wire = new Wire(model, this);
    this.draft = new Draft(this);
    this.controls = this.fixed.controls.map((control) => ({ id: control.id, ...drawn(control, this) }));
    this.confidence = this.#confidence();
    this.foot = new Foot(this);
    this.replies = new Replies(this);
    this.section = this.#section();
    root.replaceChildren(this.section);
    this.#begin();
  }

  get state() {
    return this.model.get("state");
  }

  // -- what a control may ask for

  newId() {
    return `${this.prefix}-${++this.#ids}`;
  }

  /** @param {string} key @param {Record<string, any>} [values] */
  word(key, values) {
    return word(this.fixed.words, key, values);
  }

  /** @param {string | number | undefined} at */
  clock(at) {
    return clock(this.fixed.words, at);
  }

  /** @param {string | null} text */
  announce(text) {
    this.live.announce(text);
  }

  /** @param {string} id @param {HTMLElement} host @param {HTMLElement[]} inputs */
  part(id, host, inputs = [], whole = false) {
    return this.parts.add(id, this.newId(), host, inputs, whole);
  }

  changed() {
    this.draft.touched();
    this.refresh();
  }

  /** @param {Act} action @param {Record<string, any>} [more] */
  send(action, more) {
    this.wire.send(action, more);
  }

  // -- drawing

  #section() {
    const { fixed, live } = this;
    const title = make("h3", { class: "ck-title", id: this.newId(), text: fixed.title });
    const note = fixed.note && make("div", { class: "ck-note", role: "note" }, icon("note"), prose(fixed.note));
    const prompt = fixed.prompt && prose(fixed.prompt, "ck-prompt");
    const body = [...this.controls.map(({ node }) => node), this.confidence?.node, this.draft.windows.node, this.foot.node];
    const section = make("section", { class: "ck", "aria-labelledby": title.id }, title, note, prompt, ...body, ...this.replies.nodes, live.node);
    keepKeys(section, () => this.send("check"), "input[type=text]");
    section.addEventListener("input", ({ target }) => {
      /** @type {Element} */ (target).removeAttribute("aria-invalid");
      this.changed();
    });
    section.addEventListener("change", () => this.draft.left());
    section.addEventListener("focusin", () => this.draft.begin());
    return section;
  }

  #confidence() {
    if (!this.fixed.confidence) return null;
    const levels = CONFIDENCE.map((value) => /** @type {[number, string]} */ ([value, this.word("percent", { n: value })]));
    return scale(this.newId(), this.word("confidence"), levels, () => this.changed());
  }

  /** The answer as the learner left it, and what a window left unsaved. */
  #begin() {
    const { state } = this;
    this.write(state.answer, state.confidence);
    const kept = state.saved?.ok !== false;
    this.saved = kept ? this.entered() : null;
    this.draft.base = kept ? state.answer : undefined;
    this.judged = state.drafted ? null : this.serial(); // the feedback may be about an answer before this one
    this.draft.restore();
    this.show(null);
  }

  // -- the answer

  read() {
    return Object.fromEntries(this.controls.map((control) => [control.id, control.get()]));
  }

  /** @param {any} answer @param {unknown} confidence */
  write(answer, confidence) {
    for (const control of this.controls) control.set(answer?.[control.id]);
    this.confidence?.set(confidence);
  }

  /** The answer as a text, by which two are compared. */
  serial() {
    return JSON.stringify(this.read());
  }

  /** All that was entered. */
  entered() {
    return JSON.stringify([this.read(), this.confidence?.get() ?? null]);
  }

  dirty() {
    return this.entered() !== this.saved;
  }

  /** What goes with every submission. */
  submitted() {
    const mark = this.replies.nearest?.get() ?? null;
    return { answer: this.read(), confidence: this.confidence?.get() ?? null, mark, base: this.draft.base };
  }

  // -- back from Python

  receive() {
    const { state } = this;
    const mine = this.wire.answered();
    const action = mine?.action ?? null;
    if (mine && (action === "check" || action === "draft")) this.#settle(mine);
    else if (this.draft.adopt()) this.judged = state.drafted ? null : this.serial();
    else if (!mine) this.judged = null;
    this.show(action);
    if (action === "draft" && state.drafted && !this.dirty()) this.draft.hear(this.foot.keeping.textContent);
    this.wire.goOn();
  }

  /**
   * Our own answer came back: what was sent is kept, and judged if it was a check; or another window has changed it too.
   * @param {Pending} mine
   */
  #settle({ action, serial, entered }) {
    if (this.state.conflict) return this.draft.ask(this.state.conflict, action);
    const kept = this.state.saved?.ok !== false;
    if (kept) this.draft.saved(entered);
    if (action === "check") this.judged = this.dirty() ? serial : this.serial();
    if (action === "check" || !kept) this.draft.hearAgain();
  }

  /** Nobody answers. */
  silent() {
    this.draft.hearAgain();
    this.refresh();
  }

  // -- showing the state

  /** @param {Act | null} asked what was done here to get it */
  show(asked) {
    const { state, draft } = this;
    this.replies.show(state, asked);
    if (draft.windows.open) draft.windows.point();
    this.refresh();
    if (asked === "check" && !draft.windows.open && state.summary?.verdict === "unreadable") this.replies.pointOut(state.parts ?? []);
  }

  /** All that depends on whether the answer on the page is the one that was judged, saved or under way. */
  refresh() {
    this.section.toggleAttribute("data-stale", this.serial() !== this.judged);
    this.foot.show();
  }

  close() {
    this.draft.close();
    this.wire.close();
    this.live.close();
  }
}

/** @param {{ model: ExerciseModel, el: HTMLElement }} page @returns {() => void} what ends it */
function render({ model, el }) {
  let exercise = new Exercise(model, el);
  const redraw = () => {
    exercise.close();
    exercise = new Exercise(model, el);
  };
  const receive = () => exercise.receive();
  model.on("change:fixed", redraw);
  model.on("change:state", receive);
  return () => {
    model.off("change:fixed", redraw);
    model.off("change:state", receive);
    exercise.close();
  };
}

export default { render };
