// @ts-check
// What comes out of a record may be of any shape: it is taken where it fits.

/** @param {unknown} value */
export const asText = (value) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** @param {unknown} value @returns {any[]} */
export const asList = (value) => (Array.isArray(value) ? value : []);

/** @param {any} value @param {string[]} path what stands there, or undefined */
export const at = (value, ...path) =>
  path.reduce((inside, key) => (inside && typeof inside === "object" && Object.hasOwn(inside, key) ? inside[key] : undefined), value);
