// @ts-check
import { make } from "./elements.js";
import { box, button } from "./form_elements.js";

/** @import { Act } from "./types" */
/** @import { Exercise } from "./exercise" */

/** The buttons, and below them how the answer is kept. */
export class Foot {
  keeping = make("p", { class: "ck-keeping" });
  alarm = make("div", { class: "ck-alarm", role: "alert" });

  /** @param {Exercise} exercise */
  constructor(exercise) {
    this.exercise = exercise;
    /** @param {Act} act */
    const send = (act) => () => exercise.send(act);
    this.buttons = {
      check: button("primary", exercise.fixed.submit, send("check")),
      hint: button("plain", "", send("hint")),
      solution: button("plain", exercise.word("show_solution"), send("solution")),
    };
    this.node = box("foot", box("actions", ...Object.values(this.buttons)), this.keeping, exercise.draft.told, this.alarm);
  }

  show() {
    const { wire } = this.exercise;
    for (const [action, node] of Object.entries(this.buttons)) {
      node.setAttribute("aria-busy", String(wire.pending?.action === action && !wire.lost));
    }
    this.keeping.textContent = this.#kept();
    const trouble = this.#trouble();
    if (this.alarm.textContent !== trouble) this.alarm.textContent = trouble; // else it would be read out at every key
  }

  #trouble() {
    const { exercise } = this;
    const { saved } = exercise.state;
    if (!exercise.wire.lost) return saved?.ok === false ? (saved.text ?? "") : "";
    return exercise.word(exercise.dirty() ? exercise.draft.unsent.kept || "lost_unkept" : "lost");
  }

  /** Asking for a hint is saved as well: only with an answer in the record may it say "saved". */
  #kept() {
    const { exercise } = this;
    const { fixed, state } = exercise;
    if (state.saved?.ok === false) return "";
    if (exercise.draft.windows.open) return exercise.word("undecided");
    if (!state.saved?.at || state.answer === null) return exercise.word(fixed.saves ? "unsaved" : "unchecked");
    const draft = fixed.tested ? "draft_unsaved" : fixed.saves ? "draft_saved" : "draft_unchecked";
    return exercise.word(exercise.dirty() ? "changed" : state.drafted ? draft : "saved", { time: exercise.clock(state.saved.at) });
  }
}
