// @ts-check
// To Python and back: one act at a time, so that no key marks what was not yet on the page.

/** @import { Act, MarkingModel } from "./types" */

const REPLY_WITHIN = 15_000; // milliseconds after which a silent kernel counts as lost

export class Acts {
  /** @type {Act[]} */
  #queue = [];
  /** @type {{ n: number, act: Act } | null} */
  #pending = null;
  /** @type {number | undefined} */
  #timer;
  lost = false;

  /** @param {MarkingModel} model @param {() => void} changed called when something goes or is lost */
  constructor(model, changed) {
    this.model = model;
    this.changed = changed;
  }

  get busy() {
    return Boolean(this.#pending || this.#queue.length) && !this.lost;
  }

  /** @param {Act[]} acts one after the other */
  post(...acts) {
    this.#queue.push(...acts);
    if (!this.#pending || this.lost) this.next();
  }

  next() {
    const act = this.#queue.shift();
    if (!act) return;
    const view = this.model.get("view");
    const n = Math.max(Date.now(), (view.n ?? 0) + 1);
    this.#pending = { n, act };
    this.lost = false;
    this.#timer = setTimeout(() => this.#giveUp(), REPLY_WITHIN);
    this.model.set("act", { n, unit: view.unit?.id, ...act });
    this.model.save_changes();
    this.changed();
  }

  #giveUp() {
    this.lost = true;
    this.#queue = [];
    this.changed();
  }

  /** Something came back: the act that it answers, or null. What could not be saved is not followed by a move. */
  answered() {
    const { n, trouble } = this.model.get("view");
    if (!this.#pending || n < this.#pending.n) return null;
    clearTimeout(this.#timer);
    const { act } = this.#pending;
    this.#pending = null;
    this.lost = false;
    if (trouble) this.#queue = [];
    return act;
  }

  close() {
    clearTimeout(this.#timer);
  }
}
