// One state of the convolution figure in numbers and words. Mirrors course/figures/convolution.py.
import { Sliding, answer, correlate, decode, exact, named, products, sum } from "../figures/windows.js";
import { short } from "../network/numbers.js";

export const SIDE = 8;
export const DRAWING = "drawing";
export const OWN = "own";
const SIZE = 3;

/** What is drawn for the form's values; `data` has kernels (weights, says, reach). */
export function drawing(values, data) {
  const [weights, says, reach] = data.kernels[values.kernel] ?? own(values);
  const sliding = new Sliding(SIDE, SIZE, Number(values.stride), values.padding);
  const pixels = decode(values.pixels);
  const step = Math.min(Number(values.step), sliding.steps) - 1;
  const isFilling = values.map === "filling";
  const a = correlate(pixels, weights, sliding, values.activation);
  const found = products(pixels, weights, sliding, step);
  const z = exact(sum(found.flat()));
  return {
    sliding,
    step,
    z,
    activation: values.activation,
    says,
    weights: weights.flat(),
    image: sliding.places().map((line) => line.map((place) => pixelAt(pixels, sliding, step, place))),
    window: sliding.under(pixels, step).map((row, i) => row.map((value, j) => product(value, weights[i][j]))),
    sum: added(found.flat(), z),
    answers: a.map((line, i) =>
      line.map((value, j) => answer(value, i * sliding.count + j, sliding.count, step, reach, isFilling)),
    ),
    shapes: `${SIDE} by ${SIDE} in, ${sliding.count} by ${sliding.count} out`,
  };
}

/** The reader's own kernel: w1 to w9, row by row, what is said of it, its largest sum. */
function own(values) {
  const at = [0, 1, 2];
  const weights = at.map((row) => at.map((column) => Number(values[`w${row * SIZE + column + 1}`])));
  const reach = [1, -1].map((side) => sum(weights.flat().map((weight) => Math.max(side * weight, 0))));
  return [weights, "Your own kernel.", Math.max(...reach)];
}

function pixelAt(pixels, sliding, step, [row, column]) {
  const isCovered = sliding.covers(step, row, column);
  if (!sliding.isInside(row, column)) return { place: null, value: 0, isCovered };
  const place = row * SIDE + column;
  return { place: place + 1, value: pixels[row][column], label: named(place, SIDE), isCovered };
}

function product(value, weight) {
  const found = value * weight;
  const css = found > 0 ? "pos" : found < 0 ? "neg" : "zero";
  return { value, weight: short(weight), product: short(found), css };
}

/** The products that are not 0, added up. */
function added(found, z) {
  const terms = found.filter((value) => value !== 0).map((value) => short(value));
  if (terms.length === 0) return "Every product is 0, so z = 0";
  const text = terms.join(" + ").replaceAll("+ \u2212", "\u2212 ");
  return terms.length > 1 ? `z = ${text} = ${short(z)}` : `z = ${text}`;
}

export function sentence({ sliding, step, z, activation }) {
  const told = `${sliding.place(step)}: the nine products add up to ${short(z)}`;
  return activation === "relu" && z < 0 ? `${told}, and relu makes that 0.` : `${told}.`;
}
