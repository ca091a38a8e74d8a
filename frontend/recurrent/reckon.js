// One state of the recurrent figure in numbers and words. Mirrors course/figures/recurrent.py.
import { NIL, fixed, insideNode, plainText, sign } from "../network/numbers.js";
import { fill, lineWidth } from "../network/scene.js";

const INPUT_SCALE = 2;

/** The states of a SimpleRNN with one input: h[step][unit], and the sums z that tanh was applied to. */
export function unroll(x, { kernel, recurrent, bias }) {
  const [h, z] = [[], []];
  for (const [step, value] of x.entries()) {
    const before = h.at(-1) ?? kernel.map(() => 0);
    z[step] = kernel.map((w, unit) => value * w + sum(before.map((old, j) => old * recurrent[j][unit])) + bias[unit]);
    h.push(z[step].map(Math.tanh));
  }
  return { h, z };
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** What is drawn for the form's values; `data` is the layer's weights. */
export function drawing(values, data) {
  const x = [];
  while (values[`x${x.length + 1}`] !== undefined) x.push(Number(values[`x${x.length + 1}`]));
  const [step, unit] = [Number(values.step) - 1, Number(values.unit) - 1];
  const { h, z } = unroll(x, data);
  const left = x.map((_, k) => h[step][unit] - unroll(x.with(k, 0), data).h[step][unit]);
  return {
    nodes: nodes(x, h, step, unit),
    lines: lines(x, h, data, step, unit),
    terms: terms(x, h, data, step, unit),
    caption: `Unit ${unit + 1} at step ${step + 1}`,
    z: fixed(z[step][unit]),
    state: fixed(h[step][unit]),
    trails: left.map((value, k) => trail(value, k <= step)),
    table: [x, ...data.kernel.map((_, u) => h.map((row) => row[u]))].map((row, r) =>
      row.map((value, k) => (r === 0 || k <= step ? fixed(value) : "?")),
    ),
    sentence: sentence(x, z[step][unit], h[step][unit], left[0], data, step, unit),
  };
}

function nodes(x, h, step, unit) {
  const units = h[0].length;
  const found = {};
  for (const [k, value] of x.entries()) {
    for (let row = 0; row < units; row += 1) {
      found[`${k}.${row}`] = node(k <= step ? h[k][row] : null, 1, k === step && row === unit);
    }
    found[`${k}.${units}`] = node(value, INPUT_SCALE, false);
  }
  return found;
}

function node(value, scale, isPinned) {
  const css = value === null ? "unknown" : fill(value, scale);
  return {
    text: value === null ? "?" : insideNode(value),
    css: `n ${css}${isPinned ? " me" : ""}`,
    isNegative: value !== null && value < -NIL,
  };
}

/** The lines that lead to the unit in view; all others are faint. */
function lines(x, h, { kernel, recurrent }, step, unit) {
  const found = { [`${step}.${kernel.length}.${unit}`]: line(x[step] * kernel[unit]) };
  for (const [j, old] of (h[step - 1] ?? []).entries()) found[`${step}.${j}.${unit}`] = line(old * recurrent[j][unit]);
  return found;
}

const line = (product) => ({ css: `e ${sign(product)}`, width: lineWidth(product, 1) });

function terms(x, h, { kernel, recurrent, bias }, step, unit) {
  const before = h[step - 1] ?? kernel.map(() => 0);
  return [
    term(`input of step ${step + 1}`, x[step], kernel[unit]),
    ...before.map((old, j) => term(`unit ${j + 1}, a step ago`, old, recurrent[j][unit])),
    term("bias", 1, bias[unit]),
  ];
}

function term(name, value, weight) {
  const product = value * weight;
  return { name, value: fixed(value), weight: fixed(weight), product: fixed(product, 2, true), css: sign(product) };
}

function trail(value, isKnown) {
  if (!isKnown) return { text: "?", x: "50", width: "0", sign: "zero" };
  const width = Math.min(Math.abs(value), 1) * 50;
  return {
    text: fixed(value, 2, true),
    x: plainText(value < 0 ? 50 - width : 50),
    width: plainText(width),
    sign: sign(value),
  };
}

function sentence(x, z, h, left, { kernel, bias }, step, unit) {
  const now = x[step] * kernel[unit];
  const told =
    `Step ${step + 1}: unit ${unit + 1} gets ${fixed(now)} from the input and ${fixed(z - now - bias[unit])} ` +
    `from the step before; tanh makes ${fixed(h)} of the sum.`;
  return step === 0 ? told : `${told} Of it, ${fixed(left, 2, true)} is due to the input of step 1.`;
}
