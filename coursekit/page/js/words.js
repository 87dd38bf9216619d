// @ts-check
// Every sentence comes from Python, so that no script holds a language.

/** @import { Words } from "./types" */

/**
 * The sentence of that key with its {places} filled in; without one the key itself, so that what is missing can be seen. A sentence
 * with several forms has the one for the number `n`: `plural` says which is for 0 to 199, and from there on it repeats.
 * @param {Words} words
 * @param {string} key
 * @param {Record<string, any>} values
 */
export function word(words, key, values = {}) {
  const entry = words[key] ?? key;
  const sentence = Array.isArray(entry) ? (entry[form(words.plural, values.n)] ?? entry[entry.length - 1]) : entry;
  return String(sentence).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** @param {number[] | undefined} plural @param {unknown} n */
function form(plural, n) {
  const whole = Number(n);
  return Number.isInteger(whole) && whole >= 0 ? (plural?.[whole < 200 ? whole : 100 + (whole % 100)] ?? -1) : -1;
}

/**
 * 14:02, with the day in front when that was not today.
 * @param {Words} words
 * @param {string | number | undefined} at
 */
export function clock(words, at) {
  const then = new Date(at ?? NaN);
  const today = then.toDateString() === new Date().toDateString();
  const time = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return then.toLocaleString(words.locale, today ? time : { day: "numeric", month: "short", ...time });
}

/**
 * 14:02:31, for what lasts an hour.
 * @param {Words} words
 * @param {string} at
 */
export function clockToTheSecond(words, at) {
  return new Date(at).toLocaleTimeString(words.locale, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
}
