// @ts-check

/** What each region of a page shows now, so that it is redrawn (and read out) only when it changes. */
export class Shown {
  /** @type {Record<string, string>} */
  #serials = {};

  /**
   * True where the region does not yet show this.
   * @param {string} region
   * @param {unknown} value
   */
  isNew(region, value) {
    const serial = JSON.stringify(value);
    const fresh = this.#serials[region] !== serial;
    this.#serials[region] = serial;
    return fresh;
  }

  /** @param {string} region to be drawn again, whatever comes */
  forget(region) {
    delete this.#serials[region];
  }
}
