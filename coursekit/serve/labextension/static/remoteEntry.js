// @ts-check
// Runs a notebook of the course when it is opened: written by hand as the container that JupyterLab loads, no build.
(() => {
  const NAME = '@coursekit/run-on-open';
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const STYLE = new URL('workbook.css', script.src).href;
  const WORDS = new URL('workbook.json', script.src).href; // made when the package is built
  /** @type {any} JupyterLab's own, of which we have no types: what it shares, a panel, a session */
  let shared;

  /** @param {any} plugin */
  const module = plugin => ({ __esModule: true, default: plugin });
  /** @param {string} name */
  const load = async name => (await Object.values(shared[name])[0].get())();

  // In the language of the course's server; a server that is not the course's says none.
  const spoken = async () => {
    const { PageConfig } = await load('@jupyterlab/coreutils');
    const languages = await (await fetch(WORDS)).json();
    return languages[PageConfig.getOption('coursekitLanguage')] ?? languages.en;
  };

  /** @param {any} panel */
  const textOf = panel => panel.content.widgets.map((/** @type {any} */ cell) => cell.model.sharedModel.getSource()).join('\0');

  /** @param {any} session */
  const kernelOf = async session => {
    await session.ready;
    while (!session.session?.kernel) {
      await new Promise(resolve => session.kernelChanged.connect(resolve));
    }
    await Promise.all([session.session.kernel.info, session.session.kernel.spec]); // Lab writes both into the notebook
  };

  /** @param {any} panel @param {any} NotebookActions */
  const run = async (panel, NotebookActions) => {
    const text = textOf(panel);
    await kernelOf(panel.sessionContext);
    if (panel.isDisposed) return;
    await NotebookActions.runCells(panel.content, panel.content.widgets, panel.sessionContext);
    // Only outputs are new, so closing the page need not ask; what a learner typed meanwhile stays to be saved.
    if (!panel.isDisposed && textOf(panel) === text) panel.context.model.dirty = false;
  };

  /** @param {any} panel @param {any} NotebookActions @param {any} Notification */
  const opened = async (panel, NotebookActions, Notification) => {
    const first = !panel.context.isReady; // a second view of an open notebook has its kernel and perhaps unsaved work
    await panel.context.ready;
    const { model } = panel.context;
    if (!model.getMetadata('coursekit')?.run_on_open) return;
    panel.addClass('coursekit-page');
    if (!first) return;
    await panel.revealed;
    const trusted = [...model.cells].every(cell => cell.type !== 'code' || cell.trusted);
    panel.node.dataset.coursekit = trusted ? 'running' : 'changed';
    if (!trusted) {
      const words = await spoken();
      return Notification.warning(words.not_run, { autoClose: 15000 });
    }
    await run(panel, NotebookActions);
    panel.node.dataset.coursekit = 'ready';
  };

  const extension = async () => {
    if (!shared['@jupyterlab/notebook']) return () => module([]); // Voilà loads this file too and has no notebooks
    const { INotebookTracker, NotebookActions } = await load('@jupyterlab/notebook');
    const { Notification } = await load('@jupyterlab/apputils');
    /** @param {any} app @param {any} tracker */
    const activate = (app, tracker) => {
      document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: STYLE }));
      tracker.widgetAdded.connect((/** @type {any} */ _, /** @type {any} */ panel) => opened(panel, NotebookActions, Notification));
    };
    return () => module({ id: `${NAME}:plugin`, autoStart: true, requires: [INotebookTracker], activate });
  };

  const lab = /** @type {any} */ (window);
  lab._JUPYTERLAB = lab._JUPYTERLAB || {};
  lab._JUPYTERLAB[NAME] = { init: (/** @type {any} */ scope) => { shared = scope; }, get: extension };
})();
