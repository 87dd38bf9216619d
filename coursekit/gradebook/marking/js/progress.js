// @ts-check
import { make } from "../../../page/js/elements.js";
import { box } from "./marking_elements.js";

/** @import { Desk, Progress } from "./types" */

/** How far the marker is, and whether it is saved. */
export class ProgressBar {
  count = make("p", { class: "ckm-count" });
  left = make("p", { class: "ckm-left" });
  saved = make("p", { class: "ckm-saved" });

  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.bar = make("progress", { class: "ckm-bar", "aria-label": desk.word("levels") });
    this.node = box("state", this.bar, box("figures", this.count, this.left, this.saved));
  }

  /** @param {Progress} progress */
  show(progress) {
    const { desk } = this;
    this.bar.max = Math.max(1, progress.all_all);
    this.bar.value = progress.done_all;
    this.bar.setAttribute("aria-label", desk.word("progress_all", { done: progress.done_all, all: progress.all_all }));
    this.count.textContent = desk.word("progress", progress);
    const { open: n, minutes } = progress;
    const rough = () => (minutes === null ? desk.word("left", { n }) : desk.word("left_minutes", { n, minutes }));
    this.left.textContent = n ? rough() : "";
  }
}
