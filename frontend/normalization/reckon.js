// One state of the normalization figure in numbers and words. Mirrors course/figures/normalization.py.
import { NIL, fixed, insideNode, short } from "../network/numbers.js";
import { fill } from "../network/scene.js";

const EPSILON = 0.001;
const BOUNDS = [4, 6, 10, 15, 25, 50];
const [WIDTH, MARGIN, STRIP, LINE, STACK, MOST_STACKED] = [320, 14, 64, 42, 9, 2];
const SCALE = 4;
const MINUS = "\u2212";

const average = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values) => average(values.map((value) => (value - average(values)) ** 2));
const column = (values, n) => values.map((row) => row[n]);

/** The batch afterwards, and the mean and spread of each feature or sample that it was normalized with. */
export function normalize(values, momentum, choices) {
  const byBatch = choices.by === "batch";
  const groups = byBatch ? values[0].map((_, n) => column(values, n)) : values;
  // Moving statistics begin at mean 0 and variance 1; each batch moves them by a part of the way.
  const isMoving = byBatch && choices.mode === "inference";
  const kept = isMoving ? momentum ** Number(choices.seen) : 0;
  const means = groups.map((group) => average(group) * (1 - kept));
  const spreads = groups.map((group) => Math.sqrt(variance(group) * (1 - kept) + kept + EPSILON));
  const [gamma, beta] = [Number(choices.gamma), Number(choices.beta)];
  const after = values.map((row, r) =>
    row.map((value, c) => {
      const n = byBatch ? c : r;
      return ((value - means[n]) / spreads[n]) * gamma + beta;
    }),
  );
  return { after, means, spreads };
}

/** What is drawn for the form's values; `data` has the batch, the features' names and the momentum. */
export function drawing(choices, { values, features, momentum }) {
  const byBatch = choices.by === "batch";
  const [row, col] = [Math.floor((choices.cell - 1) / features.length), (choices.cell - 1) % features.length];
  const found = normalize(values, momentum, choices);
  const group = byBatch ? col : row;
  const isTogether = (r, c) => (byBatch ? c : r) === group;
  const together = (batch) => (byBatch ? column(batch, col) : batch[row]);
  const bound = boundOf([...together(values), ...together(found.after)]);
  const cells = (batch) =>
    batch.map((line, r) =>
      line.map((value, c) => ({
        at: r * features.length + c + 1,
        label: `Sample ${r + 1}, ${features[c]}: ${insideNode(value)}`,
        text: insideNode(value),
        css: fill(value, SCALE),
        isNegative: value < -NIL,
        isTogether: isTogether(r, c),
        isCurrent: r === row && c === col,
      })),
    );
  return {
    before: cells(values),
    after: cells(found.after),
    strips: [values, found.after].map((batch, n) => strip(together(batch), n, byBatch ? row : col, bound)),
    ticks: [-bound, -bound / 2, 0, bound / 2, bound].map((value) => [short(value), along(value, bound)]),
    table: values.map((line, r) => line.flatMap((value, c) => [short(value), fixed(found.after[r][c])])),
    sentence: sentence(choices, values[row][col], found.after[row][col], found.means[group], found.spreads[group], {
      feature: features[col],
      sample: row + 1,
    }),
  };
}

function boundOf(values) {
  const most = Math.max(...values.map(Math.abs));
  return BOUNDS.find((bound) => bound >= most) ?? BOUNDS.at(-1);
}

const along = (value, bound) => Math.round((WIDTH / 2 + (value / bound) * (WIDTH / 2 - MARGIN)) * 100) / 100;

function strip(group, place, chosen, bound) {
  const [mean, spread, y] = [average(group), Math.sqrt(variance(group)), STRIP * place + LINE];
  const xs = group.map((value) => along(value, bound));
  return {
    text: `mean ${fixed(mean)}, spread ${fixed(spread)}`,
    y,
    dots: xs.map((x, n) => ({
      x,
      y: y - STACK * Math.min(xs.slice(0, n).filter((other) => other === x).length, MOST_STACKED),
      isCurrent: n === chosen,
    })),
    mean: along(mean, bound),
    low: along(mean - spread, bound),
    high: along(mean + spread, bound),
  };
}

function sentence(choices, x, y, mean, spread, { feature, sample }) {
  const minus = mean >= 0 ? `${short(x)} ${MINUS} ${fixed(mean)}` : `${short(x)} + ${fixed(-mean)}`;
  return (
    `${feature} of sample ${sample}: (${minus}) / ${fixed(spread)} is ${fixed((x - mean) / spread)}; ` +
    `times gamma, plus beta, ${fixed(y)}. Mean and spread are those of ${whose(choices, feature, sample)}.`
  );
}

function whose({ by, mode }, feature, sample) {
  if (by !== "batch") return `sample ${sample}`;
  return mode === "training" ? `${feature} in this batch` : `${feature} as the batches seen before left them`;
}
