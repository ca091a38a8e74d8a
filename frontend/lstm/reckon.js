// One state of the LSTM figure in numbers and words. Mirrors course/figures/lstm.py.
import { NIL, fixed, percent, short } from "../network/numbers.js";
import { fill } from "../network/scene.js";

const INPUT_SCALE = 2;
const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** The walk of one unit along the sequence: seven rows, a number for each step. */
export function walk(x, { kernel, recurrent, bias }) {
  const seen = { x, i: [], g: [], f: [], c: [], o: [], h: [] };
  let [c, h] = [0, 0];
  for (const value of x) {
    const [zi, zf, zg, zo] = kernel.map((weight, gate) => value * weight + h * recurrent[gate] + bias[gate]);
    const [i, f, g, o] = [sigmoid(zi), sigmoid(zf), Math.tanh(zg), sigmoid(zo)];
    c = f * c + i * g;
    h = o * Math.tanh(c);
    for (const [row, found] of Object.entries({ i, g, f, c, o, h })) seen[row].push(found);
  }
  return seen;
}

/** What is drawn for the form's values; `data` is the layer's weights. */
export function drawing(values, data) {
  const x = [];
  while (values[`x${x.length + 1}`] !== undefined) x.push(Number(values[`x${x.length + 1}`]));
  const step = Number(values.step) - 1;
  const seen = walk(x, data);
  return {
    rows: Object.entries(seen).map(([row, found]) => found.map((value, k) => cell(value, k, step, row === "x"))),
    sums: sums(seen, step),
    sentence: sentence(seen, step),
  };
}

function cell(value, at, step, isInput) {
  if (at > step && !isInput) return { text: "?", exact: "?", css: "unknown", isNegative: false, isNow: false };
  const css = fill(value, isInput ? INPUT_SCALE : 1);
  return { text: short(value), exact: fixed(value), css, isNegative: value < -NIL, isNow: at === step };
}

function sums({ i, g, f, c, o, h }, step) {
  const kept = `${fixed(f[step])} × ${fixed(c[step - 1] ?? 0)}`;
  return [
    `memory = ${kept} + ${fixed(i[step])} × ${fixed(g[step])} = ${fixed(c[step])}`,
    `output = ${fixed(o[step])} × ${fixed(Math.tanh(c[step]))} = ${fixed(h[step])}`,
  ];
}

function sentence({ i, f, c }, step) {
  return (
    `Step ${step + 1}: the forget gate keeps ${percent(f[step])} of the memory, the input gate lets in ` +
    `${percent(i[step])} of the candidate. The memory goes from ${fixed(c[step - 1] ?? 0)} to ${fixed(c[step])}.`
  );
}
