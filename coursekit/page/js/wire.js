// @ts-check
// The way to Python and back: one submission at a time, as the kernel sees a trait and not a queue, and two in haste could become one.

import { newSubmissionId } from "./ids.js";

/** @import { Act, ExerciseModel, Pending, Submission } from "./types" */
/** @import { Exercise } from "./exercise" */
/** @typedef {Record<string, any>} More what goes with a submission beside the answer */

const REPLY_WITHIN = 10_000; // milliseconds after which a silent kernel counts as lost
const RETRY_EVERY = 15_000; // milliseconds between attempts to reach a lost kernel

export class Wire {
  /** @type {[Act, More][]} held back until the one under way is answered */
  #waiting = [];
  /** @type {number | undefined} */
  #timer;
  /** @type {Pending | null} the submission under way */
  pending = null;
  lost = false;

  /** @param {ExerciseModel} model @param {Exercise} exercise */
  constructor(model, exercise) {
    this.model = model;
    this.exercise = exercise;
  }

  /** @param {Act} action @param {More} more */
  send(action, more = {}) {
    const [serial, entered] = [this.exercise.serial(), this.exercise.entered()];
    const { pending } = this;
    const checking = pending?.action === "check" && action !== "check" && !more.prefer; // a lost check is given up for no hint
    if (pending && (!this.lost || checking)) {
      const again = pending.action === action && pending.serial === serial && action !== "mark";
      if (!again && !this.#waiting.some(([waiting]) => waiting === action)) this.#waiting.push([action, more]);
      return this.retry();
    }
    if (action === "draft" && !more.prefer) {
      if (this.lost) return this.retry();
      if (!this.exercise.dirty()) return; // a check was first
    }
    const message = { ...this.exercise.submitted(), ...more };
    const told = JSON.stringify([action, message]);
    const before = pending?.told === told ? pending : null; // this is a repeat of it
    this.#wait(REPLY_WITHIN, () => this.#giveUp());
    const posted = this.post(action, { id: before?.message.id ?? newSubmissionId(), ...message });
    this.pending = { action, serial, entered, told, message: posted, numbers: [...(before?.numbers ?? []), posted.n] };
    this.exercise.refresh();
  }

  /**
   * Put a submission on the wire, which may be cut.
   * @param {Act} action
   * @param {More} more
   * @returns {Submission}
   */
  post(action, more = {}) {
    const last = Math.max(this.model.get("submission")?.n ?? 0, this.model.get("state").n ?? 0);
    const message = { n: Math.max(Date.now(), last + 1), action, ...more };
    try {
      this.model.set("submission", message);
      this.model.save_changes();
    } catch {}
    return message;
  }

  #giveUp() {
    this.lost = true;
    this.#wait(RETRY_EVERY, () => this.retry());
    this.exercise.silent();
    const next = this.#waiting.findIndex(([action]) => action !== "draft");
    if (next >= 0 && this.pending?.action !== "check") this.send(...this.#waiting.splice(next, 1)[0]);
  }

  /** The same submission once more: Python drops it by its id where it has it already. */
  retry() {
    if (!this.lost || !this.pending) return;
    this.#wait(RETRY_EVERY, () => this.retry());
    const { n, action, ...more } = this.pending.message;
    this.pending.message = this.post(action, more);
    this.pending.numbers.push(this.pending.message.n);
  }

  /**
   * Something came back: the submission that it answers, if it answers ours. An older answer says that the way is free again.
   * @returns {Pending | null}
   */
  answered() {
    const { pending } = this;
    const { n } = this.model.get("state");
    const ours = pending?.numbers.includes(n); // several where it was sent again and again: the answer to any of them is one to all
    if (pending && (ours || n >= pending.message.n)) {
      clearTimeout(this.#timer);
      this.lost = false;
      this.pending = null;
    } else this.retry();
    return pending && ours ? pending : null;
  }

  /** Whether such an act is under way or waits. @param {Act} action */
  holds(action) {
    return this.pending?.action === action || this.#waiting.some(([waiting]) => waiting === action);
  }

  /** What was held back, now that nothing is under way. */
  goOn() {
    while (this.#waiting.length && !this.pending) this.send(.../** @type {[Act, More]} */ (this.#waiting.shift()));
  }

  /** @param {number} milliseconds @param {() => void} act */
  #wait(milliseconds, act) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, milliseconds);
  }

  close() {
    clearTimeout(this.#timer);
  }
}
