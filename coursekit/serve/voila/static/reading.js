// @ts-check
// Light or dark, and words that say when the page is still being prepared.
(() => {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  /** @type {'light' | 'dark' | null} null: as the system has it */
  let chosen = null;
  /** @param {string} id */
  const byId = id => /** @type {HTMLElement} */ (document.getElementById(id));

  const show = () => {
    const scheme = chosen || (dark.matches ? 'dark' : 'light');
    const other = scheme === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.scheme = scheme;
    const sheets = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll('link[data-scheme]'));
    for (const sheet of sheets) {
      sheet.media = sheet.dataset.scheme === scheme ? 'all' : 'not all';
    }
    if (!document.body) return;
    document.body.dataset.jpThemeLight = String(scheme === 'light');
    document.body.dataset.jpThemeName = scheme === 'light' ? 'JupyterLab Light' : 'JupyterLab Dark';
    const button = byId('ck-scheme');
    button.hidden = false;
    button.textContent = button.dataset[other] ?? '';
    button.onclick = () => { chosen = other; show(); };
  };

  // Voilà puts a skeleton into every cell and takes it out when the cell has run; before that there are none.
  const follow = () => {
    const { part } = byId('ck-status').dataset;
    document.documentElement.style.setProperty('--ck-preparing', JSON.stringify(part)); // a style sheet has no words of its own
    const done = () => {
      byId('ck-status').textContent = '';
      document.documentElement.dataset.ready = 'true';
    };
    if (document.body.dataset.progressive !== 'true') return window.addEventListener('load', done);
    let started = false;
    const look = () => {
      const waiting = document.querySelectorAll('.voila-skeleton-container').length;
      started ||= waiting > 0;
      if (!started || waiting) return;
      done();
      watch.disconnect();
    };
    const watch = new MutationObserver(look);
    watch.observe(byId('rendered_cells'), { childList: true, subtree: true });
  };

  // Voilà ends the kernel as soon as somebody is asked whether to leave; who stays would have none.
  const listen = window.addEventListener.bind(window);
  window.addEventListener = (/** @type {string} */ name, /** @type {any} */ act, /** @type {any[]} */ ...more) =>
    listen(name === 'beforeunload' && String(act).includes('api/shutdown') ? 'pagehide' : name, act, ...more);

  show();
  dark.addEventListener('change', show);
  document.addEventListener('DOMContentLoaded', () => { show(); follow(); });
})();
