// Handing in: what is answered, what will leave the machine, and the button. Python says all of it in `state`; the page
// only ever sends `submission`. What a learner typed is text or value here, never HTML.

const REPLY_WITHIN = 10_000; // milliseconds after which a silent kernel counts as lost
const TYPING_PAUSE = 400; // milliseconds of rest before a name is sent
const LONGEST_WAIT = 2 ** 31 - 1; // milliseconds that a timer can count

class HandIn {
  constructor(model, root) {
    Object.assign(this, { model, root, words: model.get("fixed").words, ids: 0 });
    this.prefix = `ck${Math.random().toString(36).slice(2)}`;
    this.draw();
    this.show();
  }

  get state() {
    return this.model.get("state");
  }

  newId() {
    return `${this.prefix}-${++this.ids}`;
  }

  word(key, values = {}) {
    return (this.words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  // -- drawing

  draw() {
    const title = make("h3", { class: "ck-title", id: this.newId(), text: this.word("title") });
    this.due = make("p", { class: "ck-due" });
    this.body = make("tbody");
    const heads = ["number", "question", "state"].map((key) => make("th", { scope: "col", text: this.word(key) }));
    const head = make("thead", {}, make("tr", {}, ...heads));
    const table = make("table", { class: "ck-tally" }, make("caption", { text: this.word("table") }), head, this.body);
    this.private = box("control");
    const section = make("section", { class: "ck ck-handin", "aria-labelledby": title.id }, title, this.due, table);
    section.append(this.nameField(), this.private, this.disclosure(), this.foot(), this.verdict());
    section.addEventListener("keydown", (event) => this.key(event));
    this.root.replaceChildren(section);
  }

  nameField() {
    const help = make("p", { class: "ck-help", id: this.newId(), text: this.word("name_help") });
    const looks = { type: "text", class: "ck-input", autocomplete: "name", maxlength: 200, spellcheck: "false" };
    this.name = make("input", { id: this.newId(), "aria-describedby": help.id, ...looks });
    this.name.value = this.kept() ?? this.state.name;
    this.name.addEventListener("input", () => {
      this.keep();
      this.name.removeAttribute("aria-invalid");
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.send("look"), TYPING_PAUSE);
    });
    return box("control", make("label", { for: this.name.id, class: "ck-label", text: this.word("name") }), help, this.name);
  }

  disclosure() {
    const help = make("p", { class: "ck-help", text: this.word("file_help") });
    this.file = make("pre", { class: "ck-file", tabindex: "0", role: "region", "aria-label": this.word("file_label") });
    this.details = make("details", { class: "ck-control ck-leaving" }, make("summary", { text: this.word("file") }), help, this.file);
    this.details.addEventListener("toggle", () => this.details.open && this.send("look"));
    return this.details;
  }

  foot() {
    this.button = button("primary", this.word("hand_in"), () => this.send("hand in"));
    this.keeping = make("p", { class: "ck-keeping" });
    this.alarm = make("div", { class: "ck-alarm", role: "alert" });
    return box("foot", box("actions", this.button), this.keeping, this.alarm);
  }

  verdict() {
    this.summary = box("summary");
    this.told = make("div", { class: "ck-feedback ck-prose" });
    this.outcome = box("verdict", this.summary, this.told);
    return make("div", { role: "status" }, this.outcome);
  }

  // -- to Python and back

  ticked() {
    return [...this.private.querySelectorAll("input:checked")].map((input) => input.value);
  }

  send(action) {
    clearTimeout(this.typing);
    const n = Math.max(Date.now(), (this.model.get("submission")?.n ?? 0) + 1, (this.state.n ?? 0) + 1);
    this.pending = { n, action: this.pending?.action === "hand in" ? "hand in" : action };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.answered(true), REPLY_WITHIN);
    this.model.set("submission", { n, action, name: this.name.value, ticked: this.ticked(), looking: this.details.open });
    this.model.save_changes();
    this.button.setAttribute("aria-busy", String(this.pending.action === "hand in"));
  }

  receive() {
    const mine = this.pending && this.state.n >= this.pending.n && this.pending.action === "hand in";
    if (!this.pending || this.state.n >= this.pending.n) this.answered(false);
    this.show();
    if (!mine) return;
    if (this.state.said?.missing === "name") {
      this.name.setAttribute("aria-invalid", "true");
      this.name.focus();
    }
  }

  answered(lost) {
    clearTimeout(this.timer);
    this.pending = null;
    this.button.setAttribute("aria-busy", "false");
    this.alarm.textContent = lost ? this.word("lost") : "";
  }

  /** The name survives a reload before it is handed in. A browser without storage loses only this. */
  get storageKey() {
    return `coursekit hand in ${this.model.get("fixed").id}`;
  }

  keep() {
    try {
      sessionStorage.setItem(this.storageKey, this.name.value);
    } catch {}
  }

  kept() {
    try {
      return sessionStorage.getItem(this.storageKey);
    } catch {
      return null;
    }
  }

  // -- showing the state

  show() {
    const { state } = this;
    this.body.replaceChildren(...state.rows.map((row) => this.row(row)));
    this.showPrivate(state);
    if (this.file.textContent !== state.file) this.file.textContent = state.file;
    this.button.textContent = this.word(state.handed ? "again" : "hand_in");
    this.keeping.textContent = state.handed ? this.word("handed_in", { time: this.clock(state.handed) }) : this.word("not_yet");
    this.showDue();
    this.showSaid(state.said);
  }

  row({ number, title, state, said }) {
    const mark = { answered: "ticked", "not answered": "box", changed: "partly", "not saved": "partly" }[state];
    const cell = make("td", { "data-state": state }, icon(mark), make("span", { text: said }));
    return make("tr", {}, make("td", { text: number }), make("th", { scope: "row", text: title }), cell);
  }

  /** Drawn once: a box that is being ticked must not lose the focus. */
  showPrivate({ rows, ticked }) {
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
  showDue() {
    const { due, due_text } = this.model.get("fixed");
    const left = Date.parse(due) - Date.now();
    this.due.textContent = this.word(left < 0 ? "late" : "due", { due: due_text });
    this.due.toggleAttribute("data-late", left < 0);
    clearTimeout(this.waiting);
    if (left >= 0) this.waiting = setTimeout(() => this.showDue(), Math.min(left + 1000, LONGEST_WAIT));
  }

  showSaid(said) {
    const serial = JSON.stringify(said);
    if (serial === this.drawn) return;
    this.drawn = serial;
    this.outcome.hidden = !said;
    this.outcome.dataset.verdict = said?.ok ? "kept" : "missed";
    const title = said && make("strong", { text: this.word(said.ok ? "succeeded" : "failed") });
    this.summary.replaceChildren(...(said ? [icon(said.ok ? "kept" : "missed"), title] : []));
    this.told.replaceChildren(...(said?.lines ?? []).map((line) => make("p", { text: line })));
  }

  /** 14:02, with the day in front when that was not today. */
  clock(at) {
    const then = new Date(at);
    const today = then.toDateString() === new Date().toDateString();
    const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    return then.toLocaleString(this.word("locale"), today ? time : { day: "numeric", month: "short", ...time });
  }

  /** JupyterLab reads keys that leave the panel as commands; Enter in the name field does nothing by itself. */
  key(event) {
    const command = (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");
    if (command && event.key === "Enter") {
      event.preventDefault();
      event.stopPropagation();
      this.send("hand in");
    } else if (!command || /^(a|m|backspace|arrow\w+)$/i.test(event.key)) event.stopPropagation();
  }

  close() {
    for (const timer of [this.typing, this.timer, this.waiting]) clearTimeout(timer);
  }
}

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
