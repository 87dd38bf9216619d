// One exercise, drawn as a native form. Python says what to draw (`fixed`) and how the answer stands (`state`);
// the page only ever sends `submission`. Every sentence comes from `fixed.words`, so this file holds no language.

const REPLY_WITHIN = 10_000; // milliseconds after which a silent kernel counts as lost
const RETRY_EVERY = 15_000; // milliseconds between attempts to reach a lost kernel
const TYPING_PAUSE = 1_500; // milliseconds of rest before a word count is read out
const CONFIDENCE = [50, 60, 70, 80, 90, 100];

// ---- Small helpers ----------------------------------------------------------------------------------------------

const asText = (value) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const asList = (value) => (Array.isArray(value) ? value : []);
const describe = (input, id) =>
  input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${id}`.trim());

// ---- Controls: each gives its node, `get` for the answer, and `set`, which also takes nothing and nonsense ---------

/** A fieldset named by the control's label; where there is none, by the exercise. */
function group(control, view, ...children) {
  const legend = make("legend", { text: control.label || view.fixed.title, class: control.label ? null : "ck-hidden" });
  const node = make("fieldset", { class: "ck-control" }, legend, ...children);
  const slot = view.part(control.id, node, [], true);
  node.append(slot);
  describe(node, slot.id);
  return node;
}

/** A label above one field, with the help and the feedback that belong to it. */
function labelled(control, view, input, ...field) {
  const help = control.help && make("p", { class: "ck-help", id: view.newId(), text: control.help });
  if (help) describe(input, help.id);
  if (!control.label) input.setAttribute("aria-label", view.fixed.title);
  const label = control.label && make("label", { for: input.id, class: "ck-label", text: control.label });
  const node = box("control", label, help, ...field);
  node.append(view.part(control.id, node, [input], true));
  return node;
}

/** A box to type in. Its mirror holds the same text: it makes the box grow, and on paper it stands in for the box. */
function textField(kind, view, attributes = {}) {
  const tag = kind === "paragraph" ? "textarea" : "input";
  const typed = kind === "paragraph" ? { rows: 3 } : { type: "text", autocomplete: "off" };
  const figures = kind === "number" ? { inputmode: "decimal", spellcheck: "false" } : {};
  const input = make(tag, { id: view.newId(), class: "ck-input", ...typed, ...figures, ...attributes });
  const mirror = make("div", { class: "ck-mirror", "aria-hidden": "true" });
  const rules = Array.from({ length: kind === "paragraph" ? 4 : 1 }, () => box("rule"));
  const reflect = () => {
    if (input.value) mirror.textContent = `${input.value}\u200b`; // keeps a last empty line open
    else mirror.replaceChildren(...rules); // on paper: lines to write on
  };
  const set = (value) => {
    input.value = asText(value);
    reflect();
  };
  input.addEventListener("input", reflect);
  return { input, get: () => input.value, set, node: box(`field ck-field-${kind}`, input, mirror) };
}

/** A menu that starts empty. */
function menu(view, options, attributes = {}, empty = view.word("choose")) {
  const items = options.map((option) => make("option", { value: option.id, text: option.text }));
  const first = make("option", { value: "", text: empty });
  const input = make("select", { id: view.newId(), class: "ck-input", ...attributes }, first, ...items);
  const set = (value) => {
    input.value = asText(value);
    if (input.selectedIndex < 0) input.value = ""; // an option that is no longer there
  };
  return { input, get: () => input.value, set };
}

/** On paper a menu cannot be opened: its options stand below it. */
function onPaper(view, options) {
  const list = options.map((option) => option.text).join(" · ");
  return make("p", { class: "ck-paper", text: view.word("options", { list }) });
}

function choices(type) {
  return (control, view) => {
    const name = view.newId();
    const inputs = control.options.map((option) => make("input", { type, name, value: option.id, id: view.newId() }));
    const rows = control.options.map((option, index) => {
      const label = make("label", { class: "ck-choice" }, inputs[index], make("span", { text: option.text }));
      const row = box("option", label);
      row.append(view.part(option.id, row, [inputs[index]]));
      return row;
    });
    const picked = () => inputs.filter((input) => input.checked).map((input) => input.value);
    const set = (value) => inputs.forEach((input) => (input.checked = [value].flat().includes(input.value)));
    return { node: group(control, view, ...rows), get: () => (type === "radio" ? picked()[0] ?? "" : picked()), set };
  };
}

function oneLine(control, view) {
  const field = textField(control.type, view, control.keyboard && { inputmode: control.keyboard });
  const unit = control.unit && make("span", { class: "ck-unit", id: view.newId(), text: control.unit });
  if (unit) describe(field.input, unit.id);
  return { ...field, node: labelled(control, view, field.input, box("line", field.node, unit)) };
}

function paragraph(control, view) {
  const field = textField("paragraph", view);
  if (!control.words) return { ...field, node: labelled(control, view, field.input, field.node) };
  const count = make("p", { class: "ck-count", id: view.newId() });
  let pause;
  const recount = () => {
    const written = field.input.value.trim().split(/\s+/).filter(Boolean).length;
    const over = written - control.words;
    count.textContent = view.word(over > 0 ? "words_over" : "words_count", { n: written, max: control.words, over });
    count.toggleAttribute("data-over", over > 0);
  };
  field.input.addEventListener("input", () => {
    recount();
    clearTimeout(pause);
    pause = setTimeout(() => view.announce(count.textContent), TYPING_PAUSE);
  });
  const set = (value) => {
    field.set(value);
    recount();
  };
  describe(field.input, count.id);
  return { ...field, set, node: labelled(control, view, field.input, field.node, count) };
}

function select(control, view) {
  const field = menu(view, control.options);
  return { ...field, node: labelled(control, view, field.input, field.input, onPaper(view, control.options)) };
}

function arrange(control, view) {
  const help = make("p", { class: "ck-help", id: view.newId(), text: view.word("arrange_help") });
  const list = make("ol", { class: "ck-list", role: "list" });
  const rows = new Map(control.items.map((item) => [item.id, arrangeRow(item, view, help.id, move)]));
  const order = () => [...list.children].map((row) => row.dataset.part);
  let moved = false; // where the list begins is no answer

  /** The neighbour changes sides, so the row itself never leaves the page and keeps the focus. */
  function move(item, step) {
    const row = rows.get(item.id);
    const neighbour = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!neighbour) return view.announce(view.word(step < 0 ? "arrange_first" : "arrange_last", { item: item.text }));
    if (step < 0) row.after(neighbour);
    else row.before(neighbour);
    moved = true;
    showEnds();
    view.changed();
    view.announce(view.word("arrange_moved", { item: item.text, place: order().indexOf(item.id) + 1, all: rows.size }));
  }
  function showEnds() {
    for (const row of list.children) {
      row.querySelector(".ck-up").setAttribute("aria-disabled", String(row === list.firstElementChild));
      row.querySelector(".ck-down").setAttribute("aria-disabled", String(row === list.lastElementChild));
    }
  }
  function set(value) {
    const known = asList(value).filter((id) => rows.has(id));
    moved = known.length > 0;
    list.replaceChildren(...new Set([...known, ...rows.keys()].map((id) => rows.get(id))));
    showEnds();
  }
  return { node: group(control, view, help, list), get: () => (moved ? order() : []), set };
}

function arrangeRow(item, view, helpId, move) {
  const mover = (name, step) => {
    const label = view.word(`arrange_${name}`, { item: item.text });
    const node = button(`square ck-${name}`, "", () => move(item, step), label);
    describe(node, helpId);
    node.append(icon(name));
    return node;
  };
  const movers = make("span", { class: "ck-movers" }, mover("up", -1), mover("down", 1));
  const row = make("li", { class: "ck-row" }, make("span", { class: "ck-text", text: item.text }), movers);
  row.addEventListener("keydown", (event) => {
    if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    move(item, event.key === "ArrowUp" ? -1 : 1);
  });
  row.append(view.part(item.id, row, [...movers.children]));
  return row;
}

function assign(control, view) {
  const menus = new Map(control.items.map((item) => [item.id, menu(view, control.buckets)]));
  const rows = control.items.map((item) => {
    const { input } = menus.get(item.id);
    const row = box("row", make("label", { class: "ck-text", for: input.id, text: item.text }), input);
    row.append(view.part(item.id, row, [input]));
    return row;
  });
  const placed = () => [...menus].map(([id, field]) => [id, field.get()]).filter(([, bucket]) => bucket);
  const get = () => Object.fromEntries(placed());
  const set = (value) => menus.forEach((field, id) => field.set(value?.[id]));
  return { node: group(control, view, onPaper(view, control.buckets), ...rows), get, set };
}

function markSpans(control, view) {
  const asked = control.reasons.length > 0;
  const marks = control.spans.map((span) => stretch(span, control, view));
  const text = box("passage");
  marks.forEach((mark, index) => {
    if (index === 0 || mark.span.paragraph) text.append(box("lines"));
    text.lastElementChild.append(mark.node, " ");
  });
  const value = ({ span, reason }) => (asked ? { mark: span.id, reason: reason.get() } : span.id);
  const get = () => marks.filter((mark) => mark.on()).map(value);
  const set = (value) => {
    const chosen = new Map(asList(value).map((mark) => [mark?.mark ?? mark, mark?.reason]));
    marks.forEach((mark) => mark.turn(chosen.has(mark.span.id), chosen.get(mark.span.id)));
  };
  const help = make("p", { class: "ck-help", text: view.word(asked ? "mark_help_reasons" : "mark_help") });
  return { node: group(control, view, help, text, asked && onPaper(view, control.reasons)), get, set };
}

/** One stretch of text: a toggle that flows with its neighbours (a real <button> cannot), and its reason. */
function stretch(span, control, view) {
  const acts = { class: "ck-span", role: "button", tabindex: "0" };
  const toggle = make("span", acts, icon("box"), icon("ticked"), span.text);
  const name = view.word("reason", { text: span.text });
  const reason = menu(view, control.reasons, { "aria-label": name }, view.word("reason_choose"));
  const on = () => toggle.getAttribute("aria-pressed") === "true";
  const turn = (pressed, why) => {
    toggle.setAttribute("aria-pressed", String(pressed));
    reason.input.hidden = !pressed || !control.reasons.length;
    reason.set(why);
  };
  const flip = () => {
    turn(!on());
    view.changed();
  };
  toggle.addEventListener("click", flip);
  toggle.addEventListener("keydown", (event) => {
    if (![" ", "Enter"].includes(event.key) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) flip();
  });
  const node = box("stretch", toggle, reason.input);
  node.append(view.part(span.id, node, [toggle, reason.input]));
  return { span, node, on, turn, reason };
}

function grid(control, view) {
  const fields = [];
  const width = Math.max(1, control.columns.length);
  const heads = control.columns.map((column) => make("th", { scope: "col", text: column.text }));
  const head = heads.length > 0 && make("thead", {}, make("tr", {}, make("td"), ...heads));
  const body = make("tbody", {}, ...control.rows.flatMap((row) => gridRow(row, control, view, width, fields)));
  const caption = control.label && make("caption", { text: control.label });
  const name = control.label ? null : view.fixed.title;
  const table = make("table", { class: "ck-grid", "aria-label": name }, caption, head, body);
  const node = box("control", table);
  node.append(view.part(control.id, node, [], true));
  const get = () => {
    const answer = Object.fromEntries(control.rows.map((row) => [row.id, {}]));
    for (const { row, column, field } of fields) answer[row][column] = field.get();
    return answer;
  };
  return { node, get, set: (value) => fields.forEach(({ row, column, field }) => field.set(value?.[row]?.[column])) };
}

/** The row with its boxes, and a row below it for what is said about it. */
function gridRow(row, control, view, width, fields) {
  const label = make("span", { id: view.newId(), text: row.label });
  const help = row.help && make("span", { class: "ck-help", id: view.newId(), text: row.help });
  const unit = row.unit && make("span", { class: "ck-unit", id: view.newId(), text: row.unit });
  const name = `${view.word("compare")}: ${row.label}`;
  const compare = control.check_rows && button("small", view.word("compare"), () => view.send("check"), name);
  const cells = row.cells.map((cell) => {
    const column = control.columns.find((each) => each.id === cell.column)?.text ?? "";
    const alone = row.cells.length === 1;
    const both = view.word("cell", { row: row.label, column });
    const keyboard = cell.input === "number" && { inputmode: row.keyboard };
    const field = textField(cell.input, view, { ...keyboard, "aria-label": alone || !column ? row.label : both });
    for (const said of [unit, help]) if (said) describe(field.input, said.id);
    fields.push({ row: row.id, column: cell.column, field });
    return make("td", { "data-column": alone ? null : column, colspan: alone && width > 1 ? width : null }, field.node);
  });
  const inputs = fields.filter((field) => field.row === row.id).map(({ field }) => field.input);
  const heading = make("th", { scope: "row", "aria-labelledby": label.id }, label, unit, help, compare);
  const tr = make("tr", {}, heading, ...cells);
  const said = make("tr", { class: "ck-said" }, make("td", { colspan: width + 1 }, view.part(row.id, tr, inputs)));
  return [tr, said];
}

/** Cards one by one, each with a slider that starts where the last one stood: not to move one is an answer too, not to move any is none. */
function revise(control, view) {
  const rows = control.cards.map((card, index) => reviseRow(card, index, control, view));
  const next = button("small", view.word("next_card"), () => {
    show(shown + 1, rows[shown - 1].get());
    rows[shown - 1].input.focus();
    view.changed();
  });
  let shown = 1;
  let moved = false;
  function show(count, start) {
    shown = Math.min(count, rows.length);
    if (start !== undefined) rows[shown - 1].set(start);
    rows.forEach((row, index) => row.node.classList.toggle("ck-later", index >= shown));
    next.hidden = shown === rows.length;
  }
  const get = () => (moved ? rows.slice(0, shown).map((row) => row.get()) : []);
  const set = (value) => {
    const places = asList(value).slice(0, rows.length);
    moved = places.length > 0;
    rows.forEach((row, index) => row.set(places[index] ?? control.start));
    show(Math.max(1, places.length));
  };
  const list = make("ol", { class: "ck-list", role: "list" }, ...rows.map((row) => row.node));
  list.addEventListener("input", () => (moved = true)); // before the exercise looks at the answer
  return { node: group(control, view, list, next), get, set };
}

function reviseRow(card, index, control, view) {
  const label = make("span", { class: "ck-text", id: view.newId(), text: card.text });
  const ends = make("span", { class: "ck-ends", id: view.newId() }, make("span", { text: control.low }), make("span", { text: control.high }));
  const input = make("input", { type: "range", min: 0, max: 100, step: 1, class: "ck-slider", "aria-labelledby": label.id, "aria-describedby": ends.id });
  const shown = make("output", { class: "ck-unit" });
  const show = () => (shown.textContent = input.value);
  const set = (value) => {
    input.value = Number(value);
    show();
  };
  input.addEventListener("input", show);
  const node = make("li", { class: "ck-row ck-card" }, label, box("line", input, shown), ends);
  node.append(view.part(card.id, node, [input]));
  return { node, input, get: () => Number(input.value), set };
}

/** A way to answer that this page does not know, as the course is newer than the page: it says so, and keeps the answer as it is. */
function unknown(control, view) {
  let kept = null;
  const text = view.word("unknown_control", { label: control.label || view.fixed.title });
  return { node: make("p", { class: "ck-alarm", role: "alert", text }), get: () => kept, set: (value) => (kept = value ?? null) };
}

const CONTROLS = {
  revise,
  "pick-one": choices("radio"),
  "pick-many": choices("checkbox"),
  number: oneLine,
  line: oneLine,
  paragraph,
  select,
  arrange,
  assign,
  "mark-spans": markSpans,
  grid,
};

// ---- The exercise ------------------------------------------------------------------------------------------------

class Exercise {
  constructor(model, root) {
    Object.assign(this, { model, root, fixed: model.get("fixed"), ids: 0 });
    // Ids and radio groups must differ on the whole page. A counter would not do: every widget loads its own copy
    // of this file.
    this.prefix = `ck${Math.random().toString(36).slice(2)}`;
    this.parts = new Map(); // part id → { host, slot, inputs }
    this.drawn = {}; // what each region shows now, so that it is redrawn (and read out) only when it changes
    this.waiting = []; // [action, more] held back until the one under way is answered
    this.pending = null; // { action, serial, entered, message } of the submission under way
    this.lost = false;
    this.draft = new Draft(this);
    this.draw();
    this.write(this.state.answer, this.state.confidence);
    const kept = this.state.saved?.ok !== false;
    this.saved = kept ? this.entered() : null; // all that was entered, as it is in the record
    this.draft.base = kept ? this.state.answer : undefined;
    this.judged = this.state.drafted ? null : this.serial(); // the feedback may be about an answer before this one
    this.draft.restore();
    this.show(null);
  }

  get state() {
    return this.model.get("state");
  }

  newId() {
    return `${this.prefix}-${++this.ids}`;
  }

  word(key, values = {}) {
    return (this.fixed.words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  /** Read out by screen readers; emptied first so that the same sentence is heard twice. */
  announce(text) {
    this.live.textContent = "";
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => (this.live.textContent = text), 60);
  }

  /** Ties feedback about `id` to the element it is about. Gives the empty place where the feedback will stand. */
  part(id, host, inputs = [], whole = false) {
    const slot = make("div", { class: "ck-why", id: this.newId() });
    host.dataset.part = id;
    for (const input of inputs) describe(input, slot.id);
    if (whole || !this.parts.has(id)) this.parts.set(id, { host, slot, inputs });
    return slot;
  }

  // -- drawing

  draw() {
    const { fixed } = this;
    const title = make("h3", { class: "ck-title", id: this.newId(), text: fixed.title });
    const note = fixed.note && make("div", { class: "ck-note", role: "note" }, icon("note"), prose(fixed.note));
    const prompt = fixed.prompt && prose(fixed.prompt, "ck-prompt");
    const drawn = ({ type }) => (Object.hasOwn(CONTROLS, type) ? CONTROLS[type] : unknown);
    this.controls = fixed.controls.map((control) => [control.id, drawn(control)(control, this)]);
    const levels = CONFIDENCE.map((value) => [value, this.word("percent", { n: value })]);
    this.confidence = fixed.confidence ? this.scale(this.word("confidence"), levels, () => this.changed()) : null;
    const body = this.controls.map(([, control]) => control.node);
    this.live = make("div", { class: "ck-hidden", role: "status" });
    const section = make("section", { class: "ck", "aria-labelledby": title.id }, title, note, prompt, ...body);
    section.append(...[this.confidence?.node, this.draft.node, this.foot(), ...this.replies(), this.live].filter(Boolean));
    section.addEventListener("keydown", (event) => this.key(event));
    section.addEventListener("input", (event) => this.edited(event.target));
    section.addEventListener("change", () => this.draft.left());
    section.addEventListener("focusin", () => this.draft.begin());
    this.section = section;
    this.root.replaceChildren(section);
  }

  foot() {
    this.buttons = {
      check: button("primary", this.fixed.submit, () => this.send("check")),
      hint: button("plain", "", () => this.send("hint")),
      solution: button("plain", this.word("show_solution"), () => this.send("solution")),
    };
    this.keeping = make("p", { class: "ck-keeping" });
    this.alarm = make("div", { class: "ck-alarm", role: "alert" });
    const actions = box("actions", ...Object.values(this.buttons));
    return box("foot", actions, this.keeping, this.draft.told, this.alarm);
  }

  /** The regions below the buttons, empty until there is something to say. */
  replies() {
    this.summary = make("div", { class: "ck-summary", role: "status" });
    this.feedback = make("div", { class: "ck-feedback ck-prose" });
    this.loose = make("ul", { class: "ck-loose" });
    const earlier = make("p", { class: "ck-earlier", text: this.word("earlier") });
    this.verdict = box("verdict", this.summary, earlier, this.feedback, this.loose);
    this.hints = make("ol", { class: "ck-hints", tabindex: "-1", "aria-label": this.word("hints") });
    const titled = (name) => ({ class: `ck-${name}`, role: "group", tabindex: "-1", "aria-label": this.word(name) });
    this.solution = make("div", titled("solution"));
    this.samples = make("div", titled("samples"));
    return [this.verdict, this.hints, this.solution, this.samples];
  }

  /** A row of radio buttons for a level: how sure, or how near. */
  scale(legend, levels, chosen) {
    const name = this.newId();
    const inputs = levels.map(([value]) => make("input", { type: "radio", name, value, onchange: chosen }));
    const level = ([, text], index) => make("label", { class: "ck-level" }, inputs[index], make("span", { text }));
    const row = box("levels", ...levels.map(level));
    return {
      node: make("fieldset", { class: "ck-control ck-scale" }, make("legend", { text: legend }), row),
      get: () => Number(inputs.find((input) => input.checked)?.value) || null,
      set: (value) => inputs.forEach((input) => (input.checked = input.value === String(value))),
    };
  }

  // -- the answer

  read() {
    return Object.fromEntries(this.controls.map(([id, control]) => [id, control.get()]));
  }

  write(answer, confidence) {
    for (const [id, control] of this.controls) control.set(answer?.[id]);
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

  edited(target) {
    target.removeAttribute("aria-invalid");
    this.changed();
  }

  changed() {
    this.draft.touched();
    this.refresh();
  }

  // -- to Python and back

  /** One submission at a time: the kernel sees a trait, not a queue, and two in haste could become one. */
  send(action, more = {}) {
    const [serial, entered, { pending }] = [this.serial(), this.entered(), this];
    const checking = pending?.action === "check" && action !== "check" && !more.prefer; // a lost check is given up for no hint
    if (pending && (!this.lost || checking)) {
      const again = pending.action === action && pending.serial === serial && action !== "mark";
      if (!again && !this.waiting.some(([waiting]) => waiting === action)) this.waiting.push([action, more]);
      return this.retry();
    }
    if (action === "draft" && !more.prefer) {
      if (this.lost) return this.retry();
      if (!this.dirty()) return; // a check was first
    }
    const message = { answer: this.read(), confidence: this.confidence?.get() ?? null, mark: this.nearest?.get() ?? null };
    Object.assign(message, { base: this.draft.base }, more);
    const told = JSON.stringify([action, message]);
    const id = pending?.told === told ? pending.message.id : drawn(); // a repeat has the same
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.giveUp(), REPLY_WITHIN);
    this.pending = { action, serial, entered, told };
    this.pending.message = this.post(action, { id, ...message });
    this.refresh();
  }

  /** Put a submission on the wire, which may be cut. */
  post(action, more = {}) {
    const last = Math.max(this.model.get("submission")?.n ?? 0, this.state.n ?? 0);
    const message = { n: Math.max(Date.now(), last + 1), action, ...more };
    try {
      this.model.set("submission", message);
      this.model.save_changes();
    } catch {}
    return message;
  }

  giveUp() {
    this.lost = true;
    this.timer = setTimeout(() => this.retry(), RETRY_EVERY);
    this.draft.heard = false;
    this.refresh();
    const next = this.waiting.findIndex(([action]) => action !== "draft");
    if (next >= 0 && this.pending.action !== "check") this.send(...this.waiting.splice(next, 1)[0]);
  }

  /** The same submission once more: Python drops it by its id where it has it already. */
  retry() {
    if (!this.lost || !this.pending) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.retry(), RETRY_EVERY);
    const { n, action, ...more } = this.pending.message;
    this.pending.message = this.post(action, more);
  }

  receive() {
    const { state, pending } = this;
    const answered = pending && state.n >= pending.message.n;
    const mine = pending && state.n === pending.message.n ? pending.action : null;
    if (answered) {
      clearTimeout(this.timer);
      this.lost = false;
      this.pending = null;
    } else this.retry();
    if (["check", "draft"].includes(mine)) this.settle(mine, pending);
    else if (this.draft.adopt()) this.judged = state.drafted ? null : this.serial();
    else if (!mine) this.judged = null;
    this.show(mine);
    if (mine === "draft" && state.drafted && !this.dirty()) this.draft.hear(this.keeping.textContent);
    while (this.waiting.length && !this.pending) this.send(...this.waiting.shift());
  }

  /** Our own answer came back: what was sent is kept, and judged if it was a check; or another window has changed it too. */
  settle(action, { serial, entered }) {
    if (this.state.conflict) return this.draft.ask(this.state.conflict, action);
    const kept = this.state.saved?.ok !== false;
    if (kept) this.draft.saved(entered);
    if (action === "check") this.judged = this.dirty() ? serial : this.serial();
    if (action === "check" || !kept) this.draft.heard = false;
  }

  // -- showing the state

  show(mine) {
    const { state } = this;
    const focused = document.activeElement;
    this.showVerdict(state, mine === "check");
    this.showHints(state, mine === "hint", focused);
    this.showSolution(state, mine === "solution");
    this.showSamples(state);
    this.refresh();
    if (mine === "check" && !this.draft.open && state.summary?.verdict === "unreadable") this.pointOut(state.parts ?? []);
  }

  /** True where the region does not yet show this. */
  news(region, value) {
    const serial = JSON.stringify(value);
    const fresh = this.drawn[region] !== serial;
    this.drawn[region] = serial;
    return fresh;
  }

  showVerdict({ summary, feedback, parts, attempts }, checked) {
    const fresh = this.news("verdict", [summary, feedback, parts, attempts]);
    if (!fresh && !checked) return;
    const counted = attempts > 1 && ["right", "partly", "wrong"].includes(summary?.verdict);
    this.verdict.dataset.verdict = summary?.verdict ?? "note";
    const count = counted && make("span", { class: "ck-attempt", text: this.word("attempt", { n: attempts }) });
    const said = summary ? [icon(summary.verdict), make("strong", { text: summary.text }), count] : [];
    this.summary.replaceChildren(...said.filter(Boolean));
    this.feedback.innerHTML = feedback ?? "";
    this.showParts(parts ?? []);
  }

  showParts(parts) {
    for (const { host, slot, inputs } of this.parts.values()) {
      slot.replaceChildren();
      host.removeAttribute("data-verdict");
      inputs.forEach((input) => input.removeAttribute("aria-invalid"));
    }
    const loose = parts.filter((part) => !this.parts.has(part.id));
    for (const part of parts) {
      const place = this.parts.get(part.id);
      if (!place) continue;
      place.host.dataset.verdict = part.verdict;
      place.slot.dataset.verdict = part.verdict;
      place.slot.append(...this.saying(part));
    }
    this.verdict.hidden = !this.state.summary && !this.state.feedback && !loose.length;
    const item = (part) => make("li", { "data-verdict": part.verdict }, ...this.saying(part));
    this.loose.replaceChildren(...loose.map(item));
    if (this.draft.open) this.draft.point();
  }

  saying({ verdict, label, text }) {
    return [icon(verdict), make("div", {}, label && make("strong", { text: label }), prose(text ?? "", "ck-saying"))];
  }

  showHints({ hints = [] }, asked, focused) {
    const left = this.fixed.hints - hints.length;
    const { hint } = this.buttons;
    const item = (html) => make("li", { class: "ck-prose", html });
    if (this.news("hints", hints)) this.hints.replaceChildren(...hints.map(item));
    hint.textContent = this.word("hint", { n: hints.length + 1, all: this.fixed.hints });
    hint.hidden = left <= 0;
    if (!asked) return;
    if (left <= 0 && focused === hint) this.hints.focus();
    const text = this.hints.lastElementChild?.textContent.trim() ?? "";
    this.announce(this.word("hint_shown", { n: hints.length, text }));
  }

  showSolution({ solution }, asked) {
    this.buttons.solution.hidden = !solution?.offered || Boolean(solution.html);
    if (this.news("solution", solution?.html)) {
      const body = solution?.html && prose(solution.html);
      this.solution.replaceChildren(...(body ? [make("h4", { text: this.word("solution") }), body] : []));
    }
    if (asked) this.solution.focus();
  }

  showSamples({ anchors = [], mark }) {
    if (this.news("samples", anchors)) this.drawSamples(anchors);
    this.nearest?.set(mark);
  }

  drawSamples(anchors) {
    const name = (anchor) => this.word("sample", { n: anchor.level });
    const samples = anchors.map((anchor) =>
      make("article", { class: "ck-sample" }, make("h5", { text: name(anchor) }),
        prose(anchor.text, "ck-quote"), prose(anchor.why)));
    const levels = anchors.map((anchor) => [anchor.level, name(anchor)]);
    this.nearest = anchors.length ? this.scale(this.word("nearest"), levels, () => this.send("mark")) : null;
    const heading = make("h4", { text: this.word("samples") });
    this.samples.replaceChildren(...(anchors.length ? [heading, ...samples, this.nearest.node] : []));
  }

  /** An answer that cannot be read: lead to the first box that needs another look. */
  pointOut(parts) {
    const places = parts.map((part) => part.verdict !== "right" && this.parts.get(part.id)).filter(Boolean);
    for (const input of places.flatMap((place) => place.inputs)) {
      if (input.matches(".ck-input")) input.setAttribute("aria-invalid", "true");
    }
    const [first] = places;
    (first?.inputs[0] ?? first?.host.querySelector("input, select, textarea, [role=button], button"))?.focus();
  }

  /** All that depends on whether the answer on the page is the one that was judged, saved or under way. */
  refresh() {
    const serial = this.serial();
    const { saved } = this.state;
    this.section.toggleAttribute("data-stale", serial !== this.judged);
    for (const [action, node] of Object.entries(this.buttons)) {
      node.setAttribute("aria-busy", String(this.pending?.action === action && !this.lost));
    }
    this.keeping.textContent = this.keepingText(saved, this.dirty());
    const unsaved = saved?.ok === false ? saved.text : "";
    const trouble = this.lost ? this.word(this.dirty() ? this.draft.unsent.kept || "lost_unkept" : "lost") : unsaved;
    if (this.alarm.textContent !== trouble) this.alarm.textContent = trouble; // else it would be read out at every key
  }

  /** Asking for a hint is saved as well: only with an answer in the record may it say "saved". */
  keepingText(saved, differs) {
    if (saved?.ok === false) return "";
    if (this.draft.open) return this.word("undecided");
    if (!saved?.at || this.state.answer === null) return this.word(this.fixed.saves ? "unsaved" : "unchecked");
    const draft = this.fixed.tested ? "draft_unsaved" : this.fixed.saves ? "draft_saved" : "draft_unchecked";
    return this.word(differs ? "changed" : this.state.drafted ? draft : "saved", { time: this.clock(saved.at) });
  }

  /** 14:02, with the day in front when that was not today. */
  clock(at) {
    const then = new Date(at);
    const today = then.toDateString() === new Date().toDateString();
    const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    return then.toLocaleString(this.word("locale"), today ? time : { day: "numeric", month: "short", ...time });
  }

  // -- keys

  /**
   * JupyterLab reads keys that leave the form as commands: R turns the cell raw, X cuts it, arrows walk away.
   * Combinations with Ctrl stay free (save, command palette), except those Lab would use on the cells.
   */
  key(event) {
    const command = (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");
    const enter = event.key === "Enter" && !event.isComposing;
    if (enter && (command || event.target.matches("input[type=text]"))) {
      event.preventDefault();
      event.stopPropagation();
      this.send("check");
    } else if (!command || /^(a|m|backspace|arrow\w+)$/i.test(event.key)) event.stopPropagation();
  }

  close() {
    this.draft.close();
    clearTimeout(this.timer);
    clearTimeout(this.speaking);
  }
}

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
