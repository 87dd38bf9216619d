// @ts-check

/** @import { Fixed, State } from "./types" */
/** @typedef {{ answer: any, confidence: unknown, base?: any, at: number, storage: Storage, key: string }} Found */
/** @typedef {"localStorage" | "sessionStorage"} Storage */

/**
 * What no Python has acknowledged, in the browser: under the address of the learner's answer and one name a window, so that two
 * windows do not take each other's place. Who has no address yet keeps it until the tab is closed, as whoever sits there next has
 * none either. A browser may have no storage, or a full one: then `kept` is false and all else goes on; else it is the sentence
 * that says where.
 */
export class Unsent {
  /** @type {false | "lost" | "lost_tab"} */
  kept = false;

  /** @param {{ state: State, fixed: Fixed, prefix: string }} view */
  constructor(view) {
    this.view = view;
  }

  /**
   * The browser's two storages, each with the beginning of the keys there.
   * @returns {[Storage, string][]}
   */
  #places() {
    const { state, fixed } = this.view;
    /** @type {[Storage, string]} */
    const tab = ["sessionStorage", `coursekit unsent ${fixed.id} `];
    return state.address ? [["localStorage", `coursekit unsent ${state.address} `], tab] : [tab];
  }

  /** @param {string} entered @param {any} base */
  keep(entered, base) {
    const [[storage, start]] = this.#places();
    const value = JSON.stringify({ entered, base, at: Date.now() });
    const done = attempt(() => window[storage].setItem(start + this.view.prefix, value));
    this.kept = done && (storage === "localStorage" ? "lost" : "lost_tab");
  }

  drop() {
    for (const [storage, start] of this.#places()) attempt(() => window[storage].removeItem(start + this.view.prefix));
  }

  /** The newest that a window left here; it is this window's from now on. */
  take() {
    const newest = this.#places().flatMap(left).reduce(newer, null);
    if (newest) attempt(() => window[newest.storage].removeItem(newest.key));
    return newest;
  }
}

/** @param {Found | null} one @param {Found} other */
const newer = (one, other) => (one && one.at >= other.at ? one : other);

/**
 * All that can be read in a storage.
 * @param {[Storage, string]} place
 */
function left([storage, start]) {
  /** @type {Found[]} */
  const all = [];
  /** @param {string} key */
  const look = (key) => {
    const found = JSON.parse(window[storage].getItem(key) ?? "");
    const [answer, confidence] = JSON.parse(found.entered);
    const at = typeof found.at === "number" ? found.at : 0;
    if (answer && typeof answer === "object") all.push({ base: found.base, at, answer, confidence, storage, key });
  };
  attempt(() => Object.keys(window[storage]).filter((key) => key.startsWith(start)).forEach((key) => attempt(() => look(key))));
  return all;
}

/**
 * Whether it could be done.
 * @param {() => void} act
 */
function attempt(act) {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
