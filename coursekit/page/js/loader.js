// @ts-check
// All that a form brings with it: the script, style and words come to a page once, in a model that its forms share.

const SCRIPTS = Symbol.for("coursekit scripts"); // of the page, by digest: kernels with different versions can live side by side

/** @param {any} model @returns {Promise<{ form: any, words: any }>} */
async function load(model) {
  const shared = await model.widget_manager.get_model(model.get("shared").replace("IPY_MODEL_", ""));
  const url = URL.createObjectURL(new Blob([shared.get("script")], { type: "text/javascript" }));
  const form = (await import(url)).default;
  URL.revokeObjectURL(url);
  document.head.append(Object.assign(document.createElement("style"), { textContent: shared.get("style") }));
  return { form, words: shared.get("words") };
}

/** @param {{ model: any, el: HTMLElement }} page */
async function render({ model, el }) {
  const scripts = (/** @type {any} */ (globalThis)[SCRIPTS] ??= new Map());
  const digest = model.get("digest");
  if (!scripts.has(digest)) scripts.set(digest, load(model));
  scripts.get(digest).catch(() => scripts.delete(digest)); // the next form tries again
  const { form, words } = await scripts.get(digest);
  /** @param {string} name */
  const get = (name) => (name === "fixed" ? { ...model.get(name), words } : model.get(name));
  return form.render({ model: { ...model, get }, el });
}

export default { render };
