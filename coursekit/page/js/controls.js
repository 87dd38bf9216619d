// @ts-check
// The table of controls: each gives its node, `get` for the answer, and `set`, which also takes nothing and nonsense.

import { arrange } from "./controls/arrange.js";
import { assign } from "./controls/assign.js";
import { oneLine, paragraph } from "./controls/boxes.js";
import { grid } from "./controls/grid.js";
import { markSpans } from "./controls/mark_spans.js";
import { select } from "./controls/menus.js";
import { pickMany, pickOne } from "./controls/picking.js";
import { revise } from "./controls/revise.js";
import { unknown } from "./controls/unknown.js";

/** @import { Control, Described, View } from "./types" */

/** @type {Record<string, (control: any, view: View) => Control>} */
const CONTROLS = {
  "pick-one": pickOne,
  "pick-many": pickMany,
  number: oneLine,
  line: oneLine,
  paragraph,
  select,
  arrange,
  assign,
  "mark-spans": markSpans,
  grid,
  revise,
};

/** @param {Described} control @param {View} view */
export const drawn = (control, view) => (Object.hasOwn(CONTROLS, control.type) ? CONTROLS[control.type] : unknown)(control, view);
