// @ts-check
// What is entered and not given in yet. It is saved as a draft after a pause, kept in the browser for as long as no Python has said
// that it is saved, and put together with what another window saved. Python decides and merges.

import { make } from "./elements.js";
import { TwoWindows } from "./two_windows.js";
import { Unsent } from "./unsent.js";

/** @import { Act, Conflict } from "./types" */
/** @import { Exercise } from "./exercise" */

const DRAFT_AFTER = 1_500; // milliseconds of rest after the last key
const LEFT_AFTER = 300; // milliseconds after a box is left, so that a click on Check is sent before the draft that it makes needless

export class Draft {
  /** @type {any} the answer that this window was last told; what is typed began from it */
  base = null;
  #heard = false;
  /** @type {number | null} */
  #timer = null;
  told = make("p", { class: "ck-told", role: "status" });

  /** @param {Exercise} exercise */
  constructor(exercise) {
    this.exercise = exercise;
    this.unsent = new Unsent(exercise);
    this.windows = new TwoWindows(exercise);
    const seen = () => (document.visibilityState === "hidden" ? this.save() : this.#look());
    /** @type {[EventTarget, string, () => void][]} */
    this.listening = [
      [document, "visibilitychange", seen],
      [window, "pagehide", () => this.save()],
      [window, "focus", () => this.#look()],
      [window, "online", () => exercise.wire.retry()],
    ];
    for (const [target, name, act] of this.listening) target.addEventListener(name, act);
  }

  // -- saving

  /** Something was typed, moved or picked. */
  touched() {
    this.told.textContent = "";
    this.#soon(DRAFT_AFTER);
  }

  /** Somebody begins here: who has no address yet gets one, before there is anything to lose. */
  begin() {
    const { state, wire } = this.exercise;
    if (!state.address && !wire.pending) wire.post("look", { begin: true });
  }

  /** A box was left. */
  left() {
    this.#soon(LEFT_AFTER);
  }

  /** @param {number} pause */
  #soon(pause) {
    clearTimeout(this.#timer ?? undefined);
    this.remember();
    if (this.exercise.dirty()) this.#timer = setTimeout(() => this.save(), pause);
  }

  /** Save what is typed; while two windows wait for a choice nothing is written over either. */
  save() {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
    if (this.exercise.dirty() && !this.windows.open) this.exercise.send("draft");
  }

  /** Somebody is back: ask what another window saved, or try again to save what is still unsaved here. */
  #look() {
    const { wire } = this.exercise;
    if (wire.lost) wire.retry();
    else if (this.exercise.dirty()) this.save();
    else if (!wire.pending) wire.post("look");
  }

  /** Keep in the browser what Python has not, and warn before it could be lost; the listener is there only meanwhile. */
  remember() {
    if (this.exercise.dirty()) {
      this.unsent.keep(this.exercise.entered(), this.base);
      window.addEventListener("beforeunload", this.#stay);
    } else {
      this.unsent.drop();
      window.removeEventListener("beforeunload", this.#stay);
    }
  }

  /** @param {BeforeUnloadEvent} event */
  #stay = (event) => {
    event.preventDefault();
    event.returnValue = true; // for older browsers
    this.save(); // who stays after all has nothing unsaved any more
  };

  /** What a window left unsaved is in its boxes again, and is saved as a draft, never as an answer: nobody pressed anything today. */
  restore() {
    const found = this.unsent.take();
    if (found) this.exercise.write(found.answer, found.confidence);
    if (!found || !this.exercise.dirty()) return;
    this.base = found.base ?? null;
    this.touched();
    this.#tell("restored", found.at);
  }

  /**
   * What was sent is saved. Where nothing was typed since, the boxes take what another window had put in.
   * @param {string} sent
   */
  saved(sent) {
    const { exercise } = this;
    const [answer] = JSON.parse(sent);
    const { state } = exercise;
    if (exercise.entered() === sent) {
      if (JSON.stringify(answer) !== JSON.stringify(state.answer)) exercise.write(state.answer, state.confidence);
      this.base = state.answer;
      exercise.saved = exercise.entered();
    } else {
      this.base = answer;
      exercise.saved = sent;
      this.#soon(DRAFT_AFTER);
    }
    if (this.windows.settle()) exercise.replies.forget();
    this.remember();
  }

  /** Another window saved something: it shows here, unless the learner is at work on this one. True where it does. */
  adopt() {
    const { exercise } = this;
    const { state } = exercise;
    if (exercise.dirty()) {
      if (this.#timer) this.remember();
      else this.#soon(DRAFT_AFTER);
      return false;
    }
    if (JSON.stringify(this.base) !== JSON.stringify(state.answer)) {
      exercise.write(state.answer, state.confidence);
      this.#tell("elsewhere", state.saved?.at);
    }
    this.base = state.answer;
    exercise.saved = exercise.entered();
    this.remember();
    return true;
  }

  /**
   * It was changed in two windows.
   * @param {Conflict} conflict
   * @param {Act} action
   */
  ask(conflict, action) {
    this.windows.ask(conflict, action);
    this.hearAgain();
    this.remember();
  }

  // -- saying so

  /** @param {string} key @param {string | number | undefined} at */
  #tell(key, at) {
    this.told.textContent = this.exercise.word(key, { time: this.exercise.clock(at) });
  }

  /**
   * That a draft is saved can be read at any time, and is read out once: again only after a check or after trouble.
   * @param {string | null} text
   */
  hear(text) {
    if (!this.#heard) this.exercise.announce(text);
    this.#heard = true;
  }

  hearAgain() {
    this.#heard = false;
  }

  close() {
    this.save();
    clearTimeout(this.#timer ?? undefined);
    for (const [target, name, act] of this.listening) target.removeEventListener(name, act);
    window.removeEventListener("beforeunload", this.#stay);
  }
}
