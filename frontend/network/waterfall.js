// The sum of a pinned unit, term by term: the mirror of course/figures/sums.py and waterfall.py.
import { NIL, fixed, placesFor, short, sign } from "./numbers.js";
import * as look from "./view.js";

const HEIGHT = 104;
const PAD = 8;
const BAR = 0.6;
const WIDEST_BAR = 12;
const tenth = (value) => Math.round(value * 10) / 10;

/** The products that arrive at a unit; inputs and products are null while the page hides them. */
export function termsOf(view, { layer, unit }) {
  const hasSum = look.knowsZ(view, layer, unit);
  const added = look.productsAdded(view, layer, unit);
  const names = sourceNames(view, layer);
  const source = look.sourceOf(view, layer);
  return view.seen.columns[layer - 1].kernel.map((row, i) => {
    const weight = row[unit];
    const hasInputs = look.knowsA(view, layer - 1, i);
    const isShown = hasSum || i < added || (hasInputs && (source[i] === 0 || weight === 0));
    const product = isShown ? weight * source[i] : null;
    const isEdited = look.isEdited(view, layer, unit, i);
    return { name: names[i], weight, input: hasInputs ? source[i] : null, product, isEdited };
  });
}

export function sourceNames(view, layer) {
  if (layer === 1) return view.data.features;
  return Array.from({ length: view.sizes[layer - 1] }, (_, unit) => look.unitId(view, { layer: layer - 1, unit }));
}

/** {cells, bars, carries, axis, zeros, height}: the table and the picture of the pinned unit's sum. */
export function sumOf(view, focus) {
  const column = view.seen.columns[focus.layer - 1];
  const z = look.knowsZ(view, focus.layer, focus.unit) ? column.z[focus.unit] : null;
  const isBiasEdited = look.isEdited(view, focus.layer, focus.unit, null);
  return waterfall(termsOf(view, focus), column.bias[focus.unit], z, isBiasEdited);
}

const isNothing = (term) => term.weight === 0 || (term.product !== null && Math.abs(term.product) < NIL);
const isSilent = (term) => !term.isEdited && isNothing(term);
const marked = (css, isEdited) => (isEdited ? `${css} edited` : css);

function waterfall(terms, bias, z, isBiasEdited) {
  const kept = terms.map((term, i) => ({ ...term, i })).filter((term) => !isSilent(term));
  const cells = makeCells(kept, bias, z, isBiasEdited);
  const zeros = terms.filter(isSilent).map((term) => term.name);
  const products = kept.map((term) => term.product);
  const steps = z === null ? underWay(products) : runningSteps(products, bias, z);
  if (steps.length === 0) return { cells, bars: [], carries: [], axis: HEIGHT / 2, zeros, height: HEIGHT };
  const levels = [0, ...steps.flat()];
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const span = high - low > NIL ? high - low : 1;
  const y = (value) => tenth(PAD + ((high - value) / span) * (HEIGHT - 2 * PAD));
  const bars = makeBars(cells, steps.map(([start, end]) => [y(start), y(end)]));
  const carries = bars.slice(0, -1).map((bar, n) => ({ x1: bar.end, x2: bars[n + 1].x, y: y(steps[n][1]) }));
  return { cells, bars, carries, axis: y(0), zeros, height: HEIGHT };
}

function makeCells(kept, bias, z, isBiasEdited) {
  const places = placesFor([...kept.map((term) => term.weight), bias]);
  const cells = kept.map((term) => ({
    key: String(term.i),
    name: term.name,
    input: term.input === null ? "?" : short(term.input),
    weight: fixed(term.weight, places, true),
    weightCss: marked(sign(term.weight), term.isEdited),
    total: term.product === null ? "?" : fixed(term.product, 2, true),
    css: term.product === null ? "zero" : sign(term.product),
  }));
  const blank = { input: "", weight: "", weightCss: "" };
  cells.push({ key: "b", name: "bias", ...blank, total: fixed(bias, 2, true), css: marked(sign(bias), isBiasEdited) });
  const total = z === null ? "?" : fixed(z, 2);
  cells.push({ key: "z", name: "z", ...blank, total, css: `sum ${sign(z ?? 0)}` });
  return cells;
}

/** The bars of a sum that is being made: its products so far; none before the first that is not 0. */
function underWay(products) {
  const end = products.indexOf(null);
  const known = end < 0 ? products : products.slice(0, end);
  return known.some(Boolean) ? runningSteps(known, 0, 0).slice(0, -2) : [];
}

function runningSteps(products, bias, z) {
  let running = 0;
  const steps = [...products, bias].map((product) => {
    const start = running;
    running += product;
    return [start, running];
  });
  return [...steps, [0, z]];
}

function makeBars(cells, ends) {
  const step = 100 / cells.length;
  const full = Math.min(step * BAR, WIDEST_BAR);
  const hundredth = (value) => Math.round(value * 100) / 100;
  return ends.map(([start, end], n) => {
    const cell = cells[n];
    const x = hundredth((n + 0.5) * step - full / 2);
    const width = hundredth(full);
    const height = tenth(Math.abs(start - end));
    const isNil = Math.abs(start - end) < 0.5;
    const y = Math.min(start, end);
    return { key: cell.key, css: cell.css, x, y, width, height, isNil, end: hundredth(x + width) };
  });
}
