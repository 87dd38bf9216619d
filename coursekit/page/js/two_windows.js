// @ts-check
// An answer that was changed in two windows: which of the two is meant is asked here, and Python puts them together.

import { make } from "./elements.js";
import { box, button } from "./form_elements.js";
import { placeOf } from "./parts.js";

/** @import { Act, Conflict, Part } from "./types" */
/** @import { Exercise } from "./exercise" */

export class TwoWindows {
  /** @type {Conflict | null} what is being asked */
  open = null;
  node = box("asked");

  /** @param {Exercise} exercise */
  constructor(exercise) {
    this.exercise = exercise;
  }

  /**
   * Ask which is meant. Who pressed a button is led there; who is typing is told, and not moved.
   * @param {Conflict} conflict
   * @param {Act} action by which it was found
   */
  ask(conflict, action) {
    this.open = conflict;
    const question = this.#question(conflict, action);
    this.node.replaceChildren(question);
    this.point();
    if (action !== "draft") question.focus();
  }

  /** @param {Conflict} conflict @param {Act} action */
  #question(conflict, action) {
    const { exercise } = this;
    const sentence = exercise.word("conflict", { time: exercise.clock(conflict.at) });
    const strong = make("strong", { text: sentence });
    const title = make("p", { class: "ck-question", id: exercise.newId(), role: action === "draft" && "alert" }, strong);
    /** @param {"mine" | "theirs"} prefer */
    const choose = (prefer) => () => exercise.send(prefer === "mine" ? action : "draft", { over: conflict.over, prefer });
    const buttons = [button("plain", exercise.word("use_that"), choose("theirs")), button("plain", exercise.word("keep_mine"), choose("mine"))];
    const looks = { class: "ck-conflict", role: "group", tabindex: "-1", "aria-labelledby": title.id };
    const there = make("p", { class: "ck-help", text: exercise.word("conflict_there") });
    const kept = make("p", { class: "ck-help", text: exercise.word("conflict_kept") });
    return make("div", looks, title, there, this.#theirs(conflict), box("actions", ...buttons), kept);
  }

  /** @param {Conflict} conflict */
  #theirs({ fields }) {
    const { exercise } = this;
    const said = make("div", { class: "ck-theirs", tabindex: "0", role: "group", "aria-label": exercise.word("conflict_there") });
    for (const { of, text } of fields) {
      if (of) said.append(make("p", { class: "ck-of", text: of }));
      said.append(make("p", { text: text || exercise.word("conflict_empty") }));
    }
    return said;
  }

  /** At the boxes themselves a line says that there is something to choose. */
  point() {
    for (const { slot } of this.#clashing()) {
      if (!slot.querySelector(".ck-choose")) slot.append(make("p", { class: "ck-choose", text: this.exercise.word("conflict_here") }));
    }
  }

  /** @returns {Part[]} */
  #clashing() {
    const places = this.open?.fields.map(({ path }) => [...path].reverse().map((id) => this.exercise.parts.get(id)).find(Boolean));
    return (places ?? []).filter((place) => place !== undefined);
  }

  /** The choice was made, or is needless by now: whether anything was asked. */
  settle() {
    if (!this.open) return false;
    const places = this.#clashing();
    for (const { slot } of places) slot.replaceChildren();
    const inside = this.node.contains(document.activeElement);
    this.node.replaceChildren();
    this.open = null;
    if (inside) (placeOf(places[0]) ?? this.exercise.foot.buttons.check).focus();
    return true;
  }
}
