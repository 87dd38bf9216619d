// What is typed and not given in yet. It is saved as a draft after a pause, kept in the browser for as long as no Python has
// said that it is saved, and put together with what another window saved. `view` is the Exercise; Python decides and merges.

const DRAFT_AFTER = 1_500; // milliseconds of rest after the last key
const LEFT_AFTER = 300; // milliseconds after a box is left, so that a click on Check is sent before the draft that it makes needless

/** Sixteen letters that no other submission has, by which Python knows a repeat. */
function drawn() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * What no Python has acknowledged, in the browser: under the address of the learner's answer and one name a window, so that two
 * windows do not take each other's place. Who has no address yet keeps it until the tab is closed, as whoever sits there next has
 * none either. A browser may have no storage, or a full one: then `kept` is false and all else goes on; else it is the sentence
 * that says where.
 */
class Unsent {
  constructor(view) {
    Object.assign(this, { view, kept: false });
  }

  /** The browser's two storages, each with the beginning of the keys there. */
  places() {
    const { state, fixed } = this.view;
    const tab = ["sessionStorage", `coursekit unsent ${fixed.id} `];
    return state.address ? [["localStorage", `coursekit unsent ${state.address} `], tab] : [tab];
  }

  keep(entered, base) {
    const [[storage, start]] = this.places();
    const value = JSON.stringify({ entered, base, at: Date.now() });
    const done = attempt(() => window[storage].setItem(start + this.view.prefix, value));
    this.kept = done && (storage === "localStorage" ? "lost" : "lost_tab");
  }

  drop() {
    for (const [storage, start] of this.places()) attempt(() => window[storage].removeItem(start + this.view.prefix));
  }

  /** The newest that a window left here; it is this window's from now on. */
  take() {
    let newest = null;
    const look = (storage, key) => {
      const found = JSON.parse(window[storage].getItem(key));
      const [answer, confidence] = JSON.parse(found.entered);
      if (answer && typeof answer === "object" && !(newest?.at >= found.at)) newest = { ...found, answer, confidence, storage, key };
    };
    for (const [storage, start] of this.places()) {
      attempt(() => Object.keys(window[storage]).filter((key) => key.startsWith(start)).forEach((key) => attempt(() => look(storage, key))));
    }
    if (newest) attempt(() => window[newest.storage].removeItem(newest.key));
    return newest;
  }
}

/** Whether it could be done. */
function attempt(act) {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

class Draft {
  constructor(view) {
    const seen = () => (document.visibilityState === "hidden" ? this.save() : this.look());
    this.listening = [
      [document, "visibilitychange", seen],
      [window, "pagehide", () => this.save()],
      [window, "focus", () => this.look()],
      [window, "online", () => view.retry()],
    ];
    for (const [target, name, act] of this.listening) target.addEventListener(name, act);
    this.stay = (event) => {
      event.preventDefault();
      event.returnValue = true; // for older browsers
      this.save(); // who stays after all has nothing unsaved any more
    };
    const base = null; // the answer that this window was last told; what is typed began from it
    Object.assign(this, { view, base, unsent: new Unsent(view), open: null, heard: false, node: box("asked") });
    this.told = make("p", { class: "ck-told", role: "status" });
  }

  // -- saving

  /** Something was typed, moved or picked. */
  touched() {
    this.told.textContent = "";
    this.soon(DRAFT_AFTER);
  }

  /** Somebody begins here: who has no address yet gets one, before there is anything to lose. */
  begin() {
    if (!this.view.state.address && !this.view.pending) this.view.post("look", { begin: true });
  }

  /** A box was left. */
  left() {
    this.soon(LEFT_AFTER);
  }

  soon(pause) {
    clearTimeout(this.timer);
    this.remember();
    if (this.view.dirty()) this.timer = setTimeout(() => this.save(), pause);
  }

  /** Save what is typed; while two windows wait for a choice nothing is written over either. */
  save() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.view.dirty() && !this.open) this.view.send("draft");
  }

  /** Somebody is back: ask what another window saved, or try again to save what is still unsaved here. */
  look() {
    if (this.view.lost) this.view.retry();
    else if (this.view.dirty()) this.save();
    else if (!this.view.pending) this.view.post("look");
  }

  /** Keep in the browser what Python has not, and warn before it could be lost; the listener is there only meanwhile. */
  remember() {
    if (this.view.dirty()) {
      this.unsent.keep(this.view.entered(), this.base);
      window.addEventListener("beforeunload", this.stay);
    } else {
      this.unsent.drop();
      window.removeEventListener("beforeunload", this.stay);
    }
  }

  /** What a window left unsaved is in its boxes again, and is saved as a draft, never as an answer: nobody pressed anything today. */
  restore() {
    const found = this.unsent.take();
    if (found) this.view.write(found.answer, found.confidence);
    if (!found || !this.view.dirty()) return;
    this.base = found.base ?? null;
    this.touched();
    this.tell("restored", found.at);
  }

  /** What was sent is saved. Where nothing was typed since, the boxes take what another window had put in. */
  saved(sent) {
    const { view } = this;
    const [answer] = JSON.parse(sent);
    const { state } = view;
    if (view.entered() === sent) {
      if (JSON.stringify(answer) !== JSON.stringify(state.answer)) view.write(state.answer, state.confidence);
      this.base = state.answer;
      view.saved = view.entered();
    } else {
      this.base = answer;
      view.saved = sent;
      this.soon(DRAFT_AFTER);
    }
    this.settle();
    this.remember();
  }

  /** Another window saved something: it shows here, unless the learner is at work on this one. True where it does. */
  adopt() {
    const { view } = this;
    if (view.dirty()) {
      if (this.timer) this.remember();
      else this.soon(DRAFT_AFTER);
      return false;
    }
    if (JSON.stringify(this.base) !== JSON.stringify(view.state.answer)) {
      view.write(view.state.answer, view.state.confidence);
      this.tell("elsewhere", view.state.saved?.at);
    }
    this.base = view.state.answer;
    view.saved = view.entered();
    this.remember();
    return true;
  }

  // -- saying so

  tell(word, at) {
    this.told.textContent = this.view.word(word, { time: this.view.clock(at) });
  }

  /** That a draft is saved can be read at any time, and is read out once: again only after a check or after trouble. */
  hear(text) {
    if (!this.heard) this.view.announce(text);
    this.heard = true;
  }

  // -- changed in two windows

  /** Ask which of the two is meant. Who pressed a button is led there; who is typing is told, and not moved. */
  ask(conflict, action) {
    const { view } = this;
    const sentence = view.word("conflict", { time: view.clock(conflict.at) });
    const title = make("p", { class: "ck-question", id: view.newId(), role: action === "draft" && "alert" }, make("strong", { text: sentence }));
    const theirs = ({ of, text }) => [of && make("p", { class: "ck-of", text: of }), make("p", { text: text || view.word("conflict_empty") })];
    const said = make("div", { class: "ck-theirs", tabindex: "0", role: "group", "aria-label": view.word("conflict_there") });
    said.append(...conflict.fields.flatMap(theirs).filter(Boolean));
    const choose = (prefer) => () => view.send(prefer === "mine" ? action : "draft", { over: conflict.over, prefer });
    const buttons = [button("plain", view.word("use_that"), choose("theirs")), button("plain", view.word("keep_mine"), choose("mine"))];
    const group = make("div", { class: "ck-conflict", role: "group", tabindex: "-1", "aria-labelledby": title.id }, title);
    group.append(make("p", { class: "ck-help", text: view.word("conflict_there") }), said, box("actions", ...buttons));
    group.append(make("p", { class: "ck-help", text: view.word("conflict_kept") }));
    this.node.replaceChildren(group);
    this.open = conflict;
    this.heard = false;
    this.point();
    if (action !== "draft") group.focus();
    this.remember();
  }

  /** At the boxes themselves a line says that there is something to choose. */
  point() {
    for (const { slot } of this.clashing()) {
      if (!slot.querySelector(".ck-choose")) slot.append(make("p", { class: "ck-choose", text: this.view.word("conflict_here") }));
    }
  }

  clashing() {
    const place = ({ path }) => [...path].reverse().map((id) => this.view.parts.get(id)).find(Boolean);
    return this.open.fields.map(place).filter(Boolean);
  }

  /** The choice was made, or is needless by now. */
  settle() {
    if (!this.open) return;
    const places = this.clashing();
    for (const { slot } of places) slot.replaceChildren();
    const inside = this.node.contains(document.activeElement);
    this.node.replaceChildren();
    this.open = null;
    this.view.drawn.verdict = null; // what stood beside the boxes is drawn again
    const [first] = places;
    if (inside) (first?.inputs[0] ?? first?.host.querySelector("input, select, textarea, button, [role=button]") ?? this.view.buttons.check).focus();
  }

  close() {
    this.save();
    clearTimeout(this.timer);
    for (const [target, name, act] of this.listening) target.removeEventListener(name, act);
    window.removeEventListener("beforeunload", this.stay);
  }
}
