// @ts-check
// What Python says back, below the buttons and beside the boxes: the verdict, hints, the answer, samples. Empty until there is something.

import { icon, make } from "./elements.js";
import { box, prose } from "./form_elements.js";
import { placeOf } from "./parts.js";
import { scale } from "./scale.js";
import { Shown } from "./shown.js";

/** @import { Anchor, Said, State, Verdict } from "./types" */
/** @import { Exercise } from "./exercise" */

export class Replies {
  #shown = new Shown();
  /** @type {ReturnType<typeof scale> | null} the row of samples to choose from */
  nearest = null;

  /** @param {Exercise} exercise */
  constructor(exercise) {
    this.exercise = exercise;
    /** @param {string} name */
    const titled = (name) => ({ class: `ck-${name}`, role: "group", tabindex: "-1", "aria-label": exercise.word(name) });
    this.summary = make("div", { class: "ck-summary", role: "status" });
    this.feedback = make("div", { class: "ck-feedback ck-prose" });
    this.loose = make("ul", { class: "ck-loose" });
    const earlier = make("p", { class: "ck-earlier", text: exercise.word("earlier") });
    this.verdict = box("verdict", this.summary, earlier, this.feedback, this.loose);
    this.hints = make("ol", { class: "ck-hints", tabindex: "-1", "aria-label": exercise.word("hints") });
    this.solution = make("div", titled("solution"));
    this.samples = make("div", titled("samples"));
    this.nodes = [this.verdict, this.hints, this.solution, this.samples];
  }

  /**
   * @param {State} state
   * @param {string | null} asked what was done here to get it
   */
  show(state, asked) {
    const focused = document.activeElement;
    this.#showVerdict(state, asked === "check");
    this.#showHints(state.hints ?? [], asked === "hint", focused);
    this.#showSolution(state, asked === "solution");
    this.#showSamples(state);
  }

  /** What stood beside the boxes is drawn again, whatever comes. */
  forget() {
    this.#shown.forget("verdict");
  }

  /** @param {State} state @param {boolean} checked here: then it is drawn, and read out, also where nothing is new */
  #showVerdict({ summary, feedback, parts, attempts }, checked) {
    const fresh = this.#shown.isNew("verdict", [summary, feedback, parts, attempts]);
    if (!fresh && !checked) return;
    const counted = attempts > 1 && ["right", "partly", "wrong"].includes(summary?.verdict ?? "");
    this.verdict.dataset.verdict = summary?.verdict ?? "note";
    const count = counted && make("span", { class: "ck-attempt", text: this.exercise.word("attempt", { n: attempts }) });
    this.summary.replaceChildren(...(summary ? [icon(summary.verdict), make("strong", { text: summary.text }), count || ""] : []));
    this.feedback.innerHTML = feedback ?? "";
    const loose = this.#showParts(parts ?? []);
    this.verdict.hidden = !summary && !feedback && !loose;
  }

  /**
   * Beside what each is about; gives the number of those that have no place.
   * @param {Said[]} said
   */
  #showParts(said) {
    const { parts } = this.exercise;
    parts.clear();
    for (const one of said) {
      const place = parts.get(one.id);
      if (!place) continue;
      place.host.dataset.verdict = one.verdict;
      place.slot.dataset.verdict = one.verdict;
      place.slot.append(...saying(one));
    }
    const loose = said.filter((one) => !parts.get(one.id));
    this.loose.replaceChildren(...loose.map((one) => make("li", { "data-verdict": one.verdict }, ...saying(one))));
    return loose.length;
  }

  /** @param {string[]} hints @param {boolean} asked @param {Element | null} focused */
  #showHints(hints, asked, focused) {
    const { hint } = this.exercise.foot.buttons;
    const all = this.exercise.fixed.hints;
    const none = all <= hints.length;
    if (this.#shown.isNew("hints", hints)) this.hints.replaceChildren(...hints.map((html) => make("li", { class: "ck-prose", html })));
    hint.textContent = this.exercise.word("hint", { n: hints.length + 1, all });
    hint.hidden = none;
    if (!asked) return;
    if (none && focused === hint) this.hints.focus();
    const text = this.hints.lastElementChild?.textContent?.trim() ?? "";
    this.exercise.announce(this.exercise.word("hint_shown", { n: hints.length, text }));
  }

  /** @param {State} state @param {boolean} asked */
  #showSolution({ solution }, asked) {
    this.exercise.foot.buttons.solution.hidden = !solution?.offered || Boolean(solution.html);
    if (this.#shown.isNew("solution", solution?.html)) {
      const body = solution?.html && prose(solution.html);
      this.solution.replaceChildren(...(body ? [make("h4", { text: this.exercise.word("solution") }), body] : []));
    }
    if (asked) this.solution.focus();
  }

  /** @param {State} state */
  #showSamples({ anchors = [], mark }) {
    if (this.#shown.isNew("samples", anchors)) this.#drawSamples(anchors);
    if (!this.exercise.wire.holds("mark")) this.nearest?.set(mark); // else what comes back is of an earlier choice
  }

  /** @param {Anchor[]} anchors */
  #drawSamples(anchors) {
    const { exercise } = this;
    /** @param {Anchor} anchor */
    const name = (anchor) => exercise.word("sample", { n: anchor.level });
    const samples = anchors.map((anchor) =>
      make("article", { class: "ck-sample" }, make("h5", { text: name(anchor) }), prose(anchor.text, "ck-quote"), prose(anchor.why)));
    const levels = anchors.map((anchor) => /** @type {[number, string]} */ ([anchor.level, name(anchor)]));
    const chosen = () => exercise.send("mark");
    this.nearest = anchors.length ? scale(exercise.newId(), exercise.word("nearest"), levels, chosen) : null;
    const heading = make("h4", { text: exercise.word("samples") });
    this.samples.replaceChildren(...(this.nearest ? [heading, ...samples, this.nearest.node] : []));
  }

  /**
   * An answer that cannot be read: lead to the first box that needs another look.
   * @param {Said[]} said
   */
  pointOut(said) {
    const wrong = said.filter((one) => one.verdict !== "right").map((one) => this.exercise.parts.get(one.id));
    const places = wrong.filter((place) => place !== undefined);
    for (const input of places.flatMap((place) => place.inputs)) {
      if (input.matches(".ck-input")) input.setAttribute("aria-invalid", "true");
    }
    placeOf(places[0])?.focus();
  }
}

/** @param {Said} said */
function saying({ verdict, label, text }) {
  return [icon(verdict), make("div", {}, label && make("strong", { text: label }), prose(text ?? "", "ck-saying"))];
}
