// One state of the figure and what may be seen in it: the mirror of steps.py, state.py and the View of scene.py.
import { editLayers } from "./edits.js";
import { forward } from "./forward.js";
import { NIL } from "./numbers.js";

const BOUNDED = ["tanh", "sigmoid", "softmax", "hard_sigmoid", "softsign"];

/** All that decides what is drawn and said. state: {x, focus: {layer, unit} | null, step, edits}. */
export function makeView(data, state) {
  const seen = forward(editLayers(data.layers, state.edits), state.x);
  const { pinned } = state;
  const before = pinned ? forward(editLayers(data.layers, pinned.edits), pinned.x) : null;
  return { data, ...state, seen, before, stops: data.stops, sizes: sizesOf(data), last: data.layers.length };
}

/** Units per column, the input first. */
export function sizesOf(data) {
  return [data.layers[0].kernel.length, ...data.layers.map((layer) => layer.bias.length)];
}

/** What arrives at a dense layer (1 is the first). */
export function sourceOf(view, layer) {
  return layer === 1 ? view.seen.x : view.seen.columns[layer - 2].a;
}

export function hasShares(view) {
  return ["softmax", "sigmoid"].includes(view.seen.columns.at(-1).activation);
}

/** Whether the weighted sum of a unit is computed; without a unit, of all in the column. */
export function knowsZ(view, layer, unit = null) {
  const own = view.stops.findIndex((stop) => stop.layer === layer && stop.kind !== "x");
  return own >= 0 && isDone(view, own + 1, unit);
}

/** Whether the output of a unit is computed, or of all in the column; those of the input always are. */
export function knowsA(view, layer, unit = null) {
  const own = view.stops.findLastIndex((stop) => stop.layer === layer && stop.kind !== "class");
  return isDone(view, own + 1, unit);
}

/** How many products of the unit's sum have been gone through, while the sum is being made. */
export function productsAdded(view, layer, unit) {
  const stop = view.stops[view.step - 1];
  const [here, products] = view.within;
  return stop.kind === "z" && stop.layer === layer && here === unit + 1 ? (products ?? 0) : 0;
}

function isDone(view, step, unit) {
  if (step !== view.step || view.within.length === 0) return step <= view.step;
  return unit !== null && unit < view.within[0] - (view.within.length - 1);
}

export function knowsAnswer(view) {
  return view.stops[view.step - 1].kind === "class";
}

/** How many columns, the input included, have their outputs computed. */
export function knownColumns(view) {
  return view.sizes.filter((_, layer) => knowsA(view, layer)).length;
}

export function answerOf(view) {
  const { a } = view.seen.columns.at(-1);
  return a.indexOf(Math.max(...a));
}

/** The number in a node now, or null while it is hidden. Shares stand beside the node, as bars. */
export function valueOf(view, layer, unit, seen = view.seen) {
  if (layer === 0) return seen.x[unit];
  const column = seen.columns[layer - 1];
  const isShares = layer === view.last && hasShares(view);
  if (knowsA(view, layer, unit) && !isShares) return column.a[unit];
  return knowsZ(view, layer, unit) ? column.z[unit] : null;
}

/** "up" or "down": how the node's number differs from the pinned run's; "" when it does not. */
export function changeOf(view, layer, unit) {
  if (view.before === null) return "";
  const [now, then] = [valueOf(view, layer, unit), valueOf(view, layer, unit, view.before)];
  if (now === null || Math.abs(now - then) < NIL) return "";
  return now > then ? "up" : "down";
}

/** The value that gets the deepest fill. */
export function fillScale(view, layer, unit) {
  if (layer === 0 || !knowsA(view, layer, unit) || layer === view.last) return view.data.scale;
  return BOUNDED.includes(view.seen.columns[layer - 1].activation) ? 1 : view.data.scale;
}

/** x.1, h1.3, out.2. */
export function unitId(view, { layer, unit }) {
  const column = layer === 0 ? "x" : layer === view.last ? "out" : `h${layer}`;
  return `${column}.${unit + 1}`;
}

/** The unit a text names, by id, feature or class; null when there is none. */
export function findUnit(data, text) {
  const sizes = sizesOf(data);
  const last = sizes.length - 1;
  if (data.features.includes(text)) return { layer: 0, unit: data.features.indexOf(text) };
  if (data.classes.includes(text)) return { layer: last, unit: data.classes.indexOf(text) };
  const match = /^(x|h(\d)|out)\.(\d{1,2})$/.exec(text);
  if (!match) return null;
  const layer = match[1] === "x" ? 0 : match[1] === "out" ? last : Number(match[2]);
  const unit = Number(match[3]) - 1;
  const exists = (match[2] === undefined || (layer > 0 && layer < last)) && unit >= 0 && unit < sizes[layer];
  return exists ? { layer, unit } : null;
}

export function isSame(focus, layer, unit) {
  return focus !== null && focus.layer === layer && focus.unit === unit;
}

/** Whether the reader changed this weight, or the bias when source is null. */
export function isEdited(view, layer, unit, source) {
  return view.edits.some((edit) => edit.layer === layer && edit.unit === unit && edit.source === source);
}
