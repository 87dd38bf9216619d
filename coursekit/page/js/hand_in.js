// @ts-check
// Handing in: what is answered, what will leave the machine, and the button. Python says all of it in `state`; the page
// only ever sends `submission`. What a learner typed is text or value here, never HTML.

import { icon, make } from "./elements.js";
import { box, button } from "./form_elements.js";
import { newPrefix } from "./ids.js";
import { keepKeys } from "./keys.js";
import { Shown } from "./shown.js";
import { clock, word } from "./words.js";

/** @import { HandInModel, HandInRow, HandInState } from "./types" */

const REPLY_WITHIN = 10_000; // milliseconds after which a silent kernel counts as lost
const TYPING_PAUSE = 400; // milliseconds of rest before a name is sent
const LONGEST_WAIT = 2 ** 31 - 1; // milliseconds that a timer can count
/** @type {Record<string, string>} */
const MARKS = { answered: "ticked", "not answered": "box", changed: "partly", "not saved": "partly" };

class HandIn {
  #ids = 0;
  #prefix = newPrefix();
  #shown = new Shown();
  /** @type {{ n: number, action: "look" | "hand in" } | null} */
  pending = null;
  looking = false;
  /** @type {Partial<Record<"typing" | "reply" | "due", number>>} */
  timers = {};

  /** @param {HandInModel} model @param {HTMLElement} root */
  constructor(model, root) {
    this.model = model;
    this.fixed = model.get("fixed");
    this.due = make("p", { class: "ck-due" });
    this.body = make("tbody");
    this.private = box("control");
    this.name = this.#nameBox();
    this.file = make("pre", { class: "ck-file", tabindex: "0", role: "region", "aria-label": this.word("file_label") });
    this.details = this.#disclosure();
    this.button = button("primary", this.word("hand_in"), () => this.send("hand in"));
    this.keeping = make("p", { class: "ck-keeping" });
    this.alarm = make("div", { class: "ck-alarm", role: "alert" });
    this.summary = box("summary");
    this.told = make("div", { class: "ck-feedback ck-prose" });
    this.outcome = box("verdict", this.summary, this.told);
    root.replaceChildren(this.#section());
    this.show();
  }

  get state() {
    return this.model.get("state");
  }

  newId() {
    return `${this.#prefix}-${++this.#ids}`;
  }

  /** @param {string} key @param {Record<string, any>} [values] */
  word(key, values) {
    return word(this.fixed.words, key, values);
  }

  // -- drawing

  #section() {
    const title = make("h3", { class: "ck-title", id: this.newId(), text: this.word("title") });
    const foot = box("foot", box("actions", this.button), this.keeping, this.alarm);
    const verdict = make("div", { role: "status" }, this.outcome);
    const parts = [title, this.due, this.#table(), this.#named(), this.private, this.details, foot, verdict];
    const section = make("section", { class: "ck ck-handin", "aria-labelledby": title.id }, ...parts);
    keepKeys(section, () => this.send("hand in")); // Enter in the name field does nothing by itself
    return section;
  }

  #table() {
    const heads = ["number", "question", "state"].map((key) => make("th", { scope: "col", text: this.word(key) }));
    const head = make("thead", {}, make("tr", {}, ...heads));
    return make("table", { class: "ck-tally" }, make("caption", { text: this.word("table") }), head, this.body);
  }

  #nameBox() {
    const looks = { type: "text", class: "ck-input", autocomplete: "name", maxlength: 200, spellcheck: "false" };
    const name = make("input", { id: this.newId(), ...looks });
    name.value = this.#kept() ?? this.state.name;
    name.addEventListener("input", () => {
      this.#keep();
      name.removeAttribute("aria-invalid");
      this.#wait("typing", TYPING_PAUSE, () => this.send("look"));
    });
    return name;
  }

  #named() {
    const help = make("p", { class: "ck-help", id: this.newId(), text: this.word("name_help") });
    this.name.setAttribute("aria-describedby", help.id);
    return box("control", make("label", { for: this.name.id, class: "ck-label", text: this.word("name") }), help, this.name);
  }

  #disclosure() {
    const help = make("p", { class: "ck-help", text: this.word("file_help") });
    const summary = make("summary", { text: this.word("file") });
    const details = make("details", { class: "ck-control ck-leaving" }, summary, help, this.file);
    details.addEventListener("toggle", () => details.open && this.send("look"));
    return details;
  }

  // -- to Python and back

  ticked() {
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (this.private.querySelectorAll("input:checked"));
    return [...boxes].map((input) => input.value);
  }

  /** @param {"look" | "hand in"} action */
  send(action) {
    clearTimeout(this.timers.typing);
    if (action === "look" && this.pending?.action === "hand in") {
      this.looking = true; // afterwards: the wire holds one submission, and a later one could take the place of an earlier
      return;
    }
    this.looking = false;
    const n = Math.max(Date.now(), (this.model.get("submission")?.n ?? 0) + 1, (this.state.n ?? 0) + 1);
    this.pending = { n, action };
    this.#wait("reply", REPLY_WITHIN, () => this.answered(true));
    this.model.set("submission", { n, action, name: this.name.value, ticked: this.ticked(), looking: this.details.open });
    this.model.save_changes();
    this.button.setAttribute("aria-busy", String(this.pending.action === "hand in"));
  }

  receive() {
    const { pending, state } = this;
    const mine = pending && state.n >= pending.n && pending.action === "hand in";
    if (!pending || state.n >= pending.n) this.answered(false);
    this.show();
    if (this.looking && !this.pending) this.send("look");
    if (!mine || state.said?.missing !== "name") return;
    this.name.setAttribute("aria-invalid", "true");
    this.name.focus();
  }

  /** @param {boolean} lost */
  answered(lost) {
    clearTimeout(this.timers.reply);
    this.pending = null;
    this.button.setAttribute("aria-busy", "false");
    this.alarm.textContent = lost ? this.word("lost") : "";
  }

  /** The name survives a reload before it is handed in. A browser without storage loses only this. */
  get #storageKey() {
    return `coursekit hand in ${this.fixed.id}`;
  }

  #keep() {
    try {
      sessionStorage.setItem(this.#storageKey, this.name.value);
    } catch {}
  }

  #kept() {
    try {
      return sessionStorage.getItem(this.#storageKey);
    } catch {
      return null;
    }
  }

  // -- showing the state

  show() {
    const { state } = this;
    this.body.replaceChildren(...state.rows.map(row));
    this.#showPrivate(state);
    if (this.file.textContent !== state.file) this.file.textContent = state.file;
    this.button.textContent = this.word(state.handed ? "again" : "hand_in");
    const handed = () => this.word("handed_in", { time: clock(this.fixed.words, state.handed) });
    this.keeping.textContent = state.handed ? handed() : this.word("not_yet");
    this.#showDue();
    if (this.#shown.isNew("said", state.said)) this.#showSaid(state.said);
  }

  /**
   * Drawn once: a box that is being ticked must not lose the focus.
   * @param {HandInState} state
   */
  #showPrivate({ rows, ticked }) {
    const own = rows.filter((row) => row.private);
    if (this.private.childElementCount || !own.length) return;
    const help = make("p", { class: "ck-help", id: this.newId(), text: this.word("private_help") });
    const boxes = own.map(({ id, title }) => {
      const input = make("input", { type: "checkbox", value: id, onchange: () => this.send("look") });
      input.checked = ticked.includes(id);
      return box("option", make("label", { class: "ck-choice" }, input, make("span", { text: title })));
    });
    const looks = { class: "ck-control", "aria-describedby": help.id };
    this.private.append(make("fieldset", looks, make("legend", { text: this.word("private") }), help, ...boxes));
  }

  /** A page may stay open past the due time. */
  #showDue() {
    const { due, due_text } = this.fixed;
    const left = Date.parse(due) - Date.now();
    this.due.textContent = this.word(left < 0 ? "late" : "due", { due: due_text });
    this.due.toggleAttribute("data-late", left < 0);
    clearTimeout(this.timers.due);
    if (left >= 0) this.#wait("due", Math.min(left + 1000, LONGEST_WAIT), () => this.#showDue());
  }

  /** @param {HandInState["said"]} said */
  #showSaid(said) {
    this.outcome.hidden = !said;
    this.outcome.dataset.verdict = said?.ok ? "kept" : "missed";
    const title = () => make("strong", { text: this.word(said?.ok ? "succeeded" : "failed") });
    this.summary.replaceChildren(...(said ? [icon(said.ok ? "kept" : "missed"), title()] : []));
    this.told.replaceChildren(...(said?.lines ?? []).map((line) => make("p", { text: line })));
  }

  /** @param {"typing" | "reply" | "due"} what @param {number} milliseconds @param {() => void} act */
  #wait(what, milliseconds, act) {
    clearTimeout(this.timers[what]);
    this.timers[what] = setTimeout(act, milliseconds);
  }

  close() {
    Object.values(this.timers).forEach(clearTimeout);
  }
}

/** @param {HandInRow} row */
function row({ number, title, state, said }) {
  const cell = make("td", { "data-state": state }, icon(MARKS[state]), make("span", { text: said }));
  return make("tr", {}, make("td", { text: number }), make("th", { scope: "row", text: title }), cell);
}

/** @param {{ model: HandInModel, el: HTMLElement }} page @returns {() => void} what ends it */
function render({ model, el }) {
  const panel = new HandIn(model, el);
  const receive = () => panel.receive();
  model.on("change:state", receive);
  return () => {
    model.off("change:state", receive);
    panel.close();
  };
}

export default { render };
