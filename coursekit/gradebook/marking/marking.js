// The marking page. Python says what lies on the desk (`view`); the page only asks for acts (`act`), one at a time, each
// with the unit that it was meant for. What a learner wrote is always textContent. Every sentence comes from `view.words`.

const REPLY_WITHIN = 15_000; // milliseconds after which a silent kernel counts as lost
const READ_OUT = 400; // characters of a text that are read out when it comes up

/** An element. `html` is only for what Python made from authors' Markdown. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "html") node.innerHTML = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

const box = (look, ...children) => make("div", { class: `ckm-${look}` }, ...children);
const prose = (html) => make("div", { class: "ckm-prose", html });
const key = (name) => make("kbd", { text: name, "aria-hidden": "true" });

class Page {
  constructor(model, root) {
    Object.assign(this, { model, root, queue: [], pending: null, lost: false, drawn: {}, chosen: 1 });
    this.prefix = `ckm${Math.random().toString(36).slice(2)}`;
    this.draw();
    this.show();
  }

  get view() {
    return this.model.get("view");
  }

  word(name, values = {}) {
    return (this.view.words[name] ?? name).replace(/\{(\w+)\}/g, (whole, each) => values[each] ?? whole);
  }

  announce(text) {
    this.live.textContent = "";
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => (this.live.textContent = text), 60);
  }

  // -- the parts that stay

  button(name, shortcut, onclick, look = "plain") {
    const shown = make("span", { text: this.word(name) });
    return make("button", { type: "button", class: `ckm-button ckm-${look}`, onclick, "aria-keyshortcuts": shortcut }, shown, key(shortcut));
  }

  draw() {
    const titleId = `${this.prefix}-title`;
    const title = make("h1", { id: titleId, text: this.view.title });
    const about = make("p", { class: "ckm-about", text: this.view.about });
    this.bar = make("progress", { class: "ckm-bar", "aria-label": this.word("levels") });
    this.count = make("p", { class: "ckm-count" });
    this.left = make("p", { class: "ckm-left" });
    this.saved = make("p", { class: "ckm-saved" });
    this.state = box("state", this.bar, box("figures", this.count, this.left, this.saved));
    this.alarm = make("div", { class: "ckm-alarm", role: "alert" });
    this.finish = make("section", { class: "ckm-finish", tabindex: "-1" });
    this.side = make("aside", { class: "ckm-side", tabindex: "0", "aria-label": this.word("question") });
    this.main = box("main", ...this.drawMain());
    this.body = box("body", this.side, this.main);
    this.live = make("div", { class: "ckm-hidden", role: "status" });
    this.help = this.drawHelp();
    const head = make("header", { class: "ckm-head" }, box("titles", title, about), this.state);
    this.section = make("section", { class: "ckm", "aria-labelledby": titleId, tabindex: "-1" });
    this.section.append(head, this.alarm, this.finish, this.body, this.help, this.live);
    this.section.addEventListener("keydown", (event) => this.key(event));
    this.anywhere = (event) => {
      if (event.target === document.body && document.body.dataset.voila) this.key(event);
    };
    document.addEventListener("keydown", this.anywhere);
    this.root.replaceChildren(this.section);
  }

  drawMain() {
    this.heading = make("h2", { class: "ckm-heading", tabindex: "-1" });
    this.given = make("ul", { class: "ckm-given" });
    this.list = make("ol", { class: "ckm-texts", role: "list" });
    this.more = make("p", { class: "ckm-note" });
    this.groupActs = {
      inside: this.button("inside", "g", () => this.send({ do: "inside" }), "small"),
      split: this.button("split", "s", () => this.send({ do: "split" }), "small"),
    };
    this.groupBar = box("acts", ...Object.values(this.groupActs));
    this.levelsTitle = make("legend");
    this.levels = [0, 1, 2, 3, 4].map((level) => this.level(level));
    const levels = make("fieldset", { class: "ckm-levels" }, this.levelsTitle, box("row", ...this.levels));
    const ways = [["back", "p"], ["next", "n"], ["undo", "u"]];
    const acts = ways.map(([name, shortcut]) => this.button(name, shortcut, () => this.send({ do: name })));
    const help = this.button("help", "?", () => this.toggleHelp());
    const bar = make("div", { class: "ckm-bottom" }, levels, box("acts", ...acts, help));
    return [this.heading, this.given, this.list, this.more, this.groupBar, bar, this.drawComment()];
  }

  level(level) {
    const number = make("strong", { text: level });
    const word = make("span", { text: this.word(`level_${level}`) });
    const onclick = () => this.mark(level);
    return make("button", { type: "button", class: "ckm-level", "aria-keyshortcuts": String(level), onclick }, number, word);
  }

  drawComment() {
    const id = `${this.prefix}-comment`;
    this.commentLabel = make("label", { for: id });
    this.comment = make("textarea", { id, rows: 2, class: "ckm-input", maxlength: 2000 });
    this.comment.addEventListener("input", () => this.refresh());
    const save = make("button", { type: "button", class: "ckm-button ckm-small", text: this.word("save_comment"), onclick: () => this.keep() });
    this.bank = make("ul", { class: "ckm-bank", role: "list" });
    this.bankTitle = make("p", { class: "ckm-note", id: `${id}-bank`, text: this.word("bank") });
    this.bank.setAttribute("aria-labelledby", this.bankTitle.id);
    const label = box("line", this.commentLabel, key("c"));
    return box("comment", label, this.comment, box("acts", save), this.bankTitle, this.bank);
  }

  drawHelp() {
    const rows = [["0 – 4", "levels"], ["c", "comment"], ["n", "next"], ["p", "back"], ["u", "undo"], ["g", "inside"],
      ["↑ ↓", "arrows"], ["x", "pull"], ["s", "split"], ["?", "help"]];
    const list = make("dl", { class: "ckm-keys" });
    for (const [shortcut, name] of rows) {
      list.append(make("dt", {}, make("kbd", { text: shortcut })), make("dd", { text: this.word(`key_${name}`) }));
    }
    const close = make("button", { type: "button", class: "ckm-button ckm-plain", text: this.word("close"), onclick: () => this.help.close() });
    const title = make("h2", { id: `${this.prefix}-keys`, text: this.word("keys_title") });
    const note = make("p", { class: "ckm-note", text: this.word("keys_note") });
    return make("dialog", { class: "ckm-help", "aria-labelledby": title.id }, title, list, note, close);
  }

  toggleHelp() {
    if (this.help.open) this.help.close();
    else this.help.showModal(); // the browser puts the focus back when it closes
  }

  /** Whether there is room beside the text; where there is none, what can be long starts closed. */
  get wide() {
    return window.matchMedia("(min-width: 56rem)").matches;
  }

  // -- to Python and back: one act at a time, so that no key marks what was not yet on the page

  get busy() {
    return Boolean(this.pending || this.queue.length) && !this.lost;
  }

  get changed() {
    return Boolean(this.view.unit) && this.comment.value.trim() !== this.view.unit.comment;
  }

  mark(level) {
    this.send({ do: "mark", level });
  }

  keep() {
    if (this.changed) this.post({ do: "comment", comment: this.comment.value });
  }

  /** A comment that was typed and not saved goes first, for what it was written about. */
  send(act) {
    if (this.busy || !this.view.unit) return;
    if (this.changed && !["inside"].includes(act.do)) this.queue.push({ do: "comment", comment: this.comment.value });
    this.post(act);
  }

  post(act) {
    this.queue.push(act);
    if (!this.pending || this.lost) this.pump();
  }

  pump() {
    const act = this.queue.shift();
    if (!act) return;
    const n = Math.max(Date.now(), (this.view.n ?? 0) + 1);
    this.pending = { n, act };
    this.lost = false;
    this.timer = setTimeout(() => this.giveUp(), REPLY_WITHIN);
    this.model.set("act", { n, unit: this.view.unit?.id, ...act });
    this.model.save_changes();
    this.refresh();
  }

  giveUp() {
    this.lost = true;
    this.queue = [];
    this.refresh();
  }

  receive() {
    if (!this.pending || this.view.n < this.pending.n) return this.show();
    clearTimeout(this.timer);
    const { act } = this.pending;
    this.pending = null;
    this.lost = false;
    if (this.view.trouble) this.queue = []; // what could not be saved is not followed by a move
    this.show(act);
    this.pump();
  }

  // -- showing the view

  /** True where the region does not yet show this. */
  news(region, value) {
    const serial = JSON.stringify(value);
    const fresh = this.drawn[region] !== serial;
    this.drawn[region] = serial;
    return fresh;
  }

  show(act = null) {
    const { unit, question, finished } = this.view;
    const within = this.main.contains(document.activeElement) ? document.activeElement : null;
    const moved = this.news("unit", unit?.id);
    this.body.hidden = this.state.hidden = !unit;
    if (unit) {
      if (this.news("question", question)) this.showQuestion(question);
      this.showUnit(unit, moved, act);
      this.showProgress(this.view.progress);
    }
    const ended = this.news("finish", [finished, this.view.nothing]) && (finished || this.view.nothing);
    this.showFinish();
    this.refresh();
    this.speak(unit, moved);
    if (within && !(within.isConnected && within.offsetParent)) this.heading.focus();
    if (!act) this.section.focus({ preventScroll: true });
    if (ended && act) this.finish.focus();
    else if (moved && act && this.heading.getBoundingClientRect().top < 0) this.heading.scrollIntoView();
  }

  speak(unit, moved) {
    const said = [this.view.said];
    if (unit && moved) said.push(this.heading.textContent, unit.texts[0].text.slice(0, READ_OUT));
    if (said.some(Boolean)) this.announce(said.filter(Boolean).join(". "));
  }

  showQuestion(question) {
    const { criterion } = question;
    const nth = question.of > 1 && make("p", { class: "ckm-note", text: this.word("criterion", { n: question.number, all: question.of }) });
    const described = question.levels.filter((one) => one.text).reverse();
    if (described.length) described.push({ level: 0, text: this.word("level_0") });
    const row = (one) => make("li", {}, make("strong", { text: one.level }), make("span", { text: one.text }));
    const levels = described.length
      ? make("ul", { class: "ckm-described", role: "list" }, ...described.map(row))
      : make("p", { class: "ckm-note", text: this.word("no_levels") });
    const summary = make("summary", { text: `${this.word("question")}: ${question.title}` });
    const prompt = make("details", { class: "ckm-details", open: this.wide }, summary, prose(question.prompt));
    const goal = box("criterion", nth, make("h2", { text: criterion.text }), levels);
    this.side.replaceChildren(goal, prompt, ...this.samples(question.anchors), ...this.agreement());
    this.side.scrollTop = 0;
  }

  samples(anchors) {
    if (!anchors.length) return [];
    const one = (anchor) =>
      make("article", { class: "ckm-sample" }, make("h3", { text: this.word("sample", { level: anchor.level }) }),
        make("blockquote", { class: "ckm-prose", html: anchor.text }), prose(anchor.why));
    const summary = make("summary", { text: this.word("samples") });
    return [make("details", { class: "ckm-details", open: this.wide }, summary, ...anchors.map(one))];
  }

  agreement() {
    const { agreements } = this.view;
    if (!agreements.length) return [];
    const rows = agreements.map((text) => make("li", { text }));
    return [make("details", { class: "ckm-details", open: true }, make("summary", { text: this.word("agreement") }), make("ul", {}, ...rows))];
  }

  showUnit(unit, moved, act) {
    const group = unit.size > 1;
    const single = unit.learners > 1 ? this.word("single_many", unit) : this.word("single");
    this.heading.textContent = group ? this.word("group", { texts: unit.size, learners: unit.learners }) : single;
    if (moved) this.chosen = 1;
    if (this.news("texts", [unit.id, unit.texts, unit.inside])) this.showTexts(unit, group);
    this.more.textContent = unit.hidden ? this.word("more_inside", { count: unit.hidden }) : "";
    this.groupBar.hidden = !group;
    this.groupActs.inside.firstChild.textContent = this.word(unit.inside ? "outside" : "inside");
    this.groupActs.inside.setAttribute("aria-expanded", String(unit.inside));
    this.levelsTitle.textContent = this.word(group ? "levels" : "levels_one");
    this.levels.forEach((button, level) => {
      const text = this.view.question.levels[level].text || this.word(`level_${level}`);
      button.setAttribute("aria-pressed", String(unit.level === level));
      button.setAttribute("aria-label", `${level}: ${text}`);
    });
    this.showGiven(unit);
    this.commentLabel.textContent = this.word(group ? "comment_group" : "comment");
    if (moved || act?.do === "comment" || act?.do === "undo") this.comment.value = unit.comment;
    if (this.news("bank", unit.bank)) this.showBank(unit.bank);
  }

  showTexts(unit, group) {
    const items = unit.texts.map((one, index) => {
      const label = index < 2 && group && this.word(index ? "least_alike" : "typical");
      const facts = [label, one.learners > 1 && this.word("learners", { count: one.learners }),
        group && unit.level === null && one.level !== null && this.word("has_level", { level: one.level })];
      const said = facts.filter(Boolean).join(" · ");
      const text = make("p", { class: "ckm-text", dir: "auto", text: one.text });
      const name = this.word("pull_named", { text: one.text.slice(0, 60) });
      const pull = group && !unit.decide && make("button", { type: "button", class: "ckm-button ckm-small ckm-pull", "aria-label": name,
        "aria-keyshortcuts": "x", onclick: () => this.send({ do: "pull", key: one.key }) }, make("span", { text: this.word("pull") }), key("x"));
      return make("li", { class: "ckm-item", "data-key": one.key }, said && make("p", { class: "ckm-note", text: said }), text, pull);
    });
    this.list.replaceChildren(...items);
    this.list.classList.toggle("ckm-group", group);
    this.choose(Math.min(this.chosen, items.length - 1), false);
  }

  choose(index, focus = true) {
    const items = [...this.list.children];
    this.chosen = Math.max(0, Math.min(index, items.length - 1));
    items.forEach((item, place) => {
      const here = place === this.chosen && items.length > 1;
      item.toggleAttribute("data-chosen", here);
      item.querySelector(".ckm-pull")?.setAttribute("tabindex", here ? "0" : "-1");
    });
    if (focus) items[this.chosen].querySelector(".ckm-pull")?.focus();
  }

  showGiven(unit) {
    const letters = "ABCDEFGH";
    const row = (one, index) =>
      make("li", {}, make("strong", { text: this.word("given", { letter: letters[index] ?? index + 1, level: one.level }) }),
        one.comment && make("span", { text: this.word("given_comment", { comment: one.comment }) }));
    if (this.news("given", unit.given)) this.given.replaceChildren(...unit.given.map(row));
    this.given.hidden = !unit.given.length;
  }

  showBank(bank) {
    const take = (text) => {
      this.comment.value = text;
      this.refresh();
      this.comment.focus();
    };
    const row = (text) => make("li", {}, make("button", { type: "button", class: "ckm-used", text, onclick: () => take(text) }));
    this.bank.replaceChildren(...bank.map(row));
    this.bank.hidden = this.bankTitle.hidden = !bank.length;
  }

  showProgress(progress) {
    this.bar.max = Math.max(1, progress.all_all);
    this.bar.value = progress.done_all;
    this.bar.setAttribute("aria-label", this.word("progress_all", { done: progress.done_all, all: progress.all_all }));
    this.count.textContent = this.word("progress", progress);
    const rough = progress.minutes === null ? this.word(progress.open === 1 ? "left_one" : "left_none", progress) : this.word("left_minutes", progress);
    this.left.textContent = progress.open ? rough : "";
  }

  showFinish() {
    const { finished, nothing, words, then } = this.view;
    this.finish.hidden = !finished && !nothing;
    const title = make("h2", { text: finished ? words.finished_title : words.nothing_title });
    const command = make("pre", { tabindex: "0" }, make("code", { text: then }));
    const parts = finished ? [make("p", { text: words.finished }), command, make("p", { class: "ckm-note", text: words.finished_back })] : [make("p", { text: nothing })];
    this.finish.replaceChildren(title, ...parts);
  }

  /** What depends on whether something is under way, typed or lost. */
  refresh() {
    const saved = this.view.saved ? this.word("saved", { time: this.clock(this.view.saved) }) : this.word("unsaved");
    this.saved.textContent = this.busy ? this.word("saving") : saved;
    this.section.setAttribute("aria-busy", String(this.busy));
    const trouble = this.lost ? this.word("lost") : this.view.trouble;
    if (this.alarm.textContent !== trouble) this.alarm.textContent = trouble;
    this.comment.toggleAttribute("data-changed", this.changed);
  }

  clock(at) {
    return new Date(at).toLocaleTimeString(this.word("locale"), { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
  }

  // -- keys

  /** Keys stay on this page: whatever is around it (JupyterLab) would take letters for commands. */
  key(event) {
    const command = event.ctrlKey || event.metaKey || event.altKey;
    if (!command) event.stopPropagation();
    if (command || event.isComposing) return;
    if (event.target === this.comment) this.keyInComment(event);
    else if (this.help.open) {
      if (event.key === "?") this.toggle(event, () => this.toggleHelp());
    } else this.shortcut(event);
  }

  toggle(event, act) {
    event.preventDefault();
    act();
  }

  keyInComment(event) {
    if (event.key === "Enter" && !event.shiftKey) {
      this.toggle(event, () => this.keep());
      this.heading.focus();
    } else if (event.key === "Escape") this.toggle(event, () => this.heading.focus());
  }

  shortcut(event) {
    const unit = this.view.unit;
    if (event.repeat || !unit) return;
    const group = unit.size > 1;
    const acts = {
      c: () => this.comment.focus(),
      n: () => this.send({ do: "next" }),
      p: () => this.send({ do: "back" }),
      u: () => this.send({ do: "undo" }),
      g: () => this.send({ do: "inside" }),
      s: () => this.send({ do: "split" }),
      x: () => this.send({ do: "pull", key: this.list.children[this.chosen]?.dataset.key }),
      "?": () => this.toggleHelp(),
    };
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (/^[0-4]$/.test(name)) this.toggle(event, () => this.mark(Number(name)));
    else if (acts[name]) this.toggle(event, acts[name]);
    else if (group && ["ArrowDown", "ArrowUp"].includes(name) && !this.side.contains(event.target)) {
      this.toggle(event, () => this.choose(this.chosen + (name === "ArrowDown" ? 1 : -1)));
    }
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.speaking);
    document.removeEventListener("keydown", this.anywhere);
  }
}

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
