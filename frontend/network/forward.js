// The forward pass of a small dense network, in float64. The engine computes every grade and every page;
// this mirror makes edits instant, and a test holds the two together to 1e-9 on random networks.

const ALPHA = 1.6732632423543772;
const SCALE = 1.0507009873554805;
const softplus = (v) => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
const sigmoid = (v) => (v >= 0 ? 1 / (1 + Math.exp(-v)) : Math.exp(v) / (1 + Math.exp(v)));

/** Each activation of the figure: a layer's sums -> its outputs. */
export const ACTIVATIONS = {
  linear: (z) => z.slice(),
  relu: (z) => z.map((v) => Math.max(v, 0)),
  sigmoid: (z) => z.map(sigmoid),
  tanh: (z) => z.map(Math.tanh),
  softmax: (z) => {
    const top = Math.max(...z);
    const powers = z.map((v) => Math.exp(v - top));
    const total = powers.reduce((sum, v) => sum + v, 0);
    return powers.map((v) => v / total);
  },
  elu: (z) => z.map((v) => (v > 0 ? v : Math.expm1(v))),
  selu: (z) => z.map((v) => SCALE * (v > 0 ? v : ALPHA * Math.expm1(v))),
  softplus: (z) => z.map(softplus),
  softsign: (z) => z.map((v) => v / (1 + Math.abs(v))),
};

/** z = x W + b for one layer; kernel is (inputs, units). */
export function weightedSums(x, kernel, bias) {
  return bias.map((b, unit) => x.reduce((sum, value, i) => sum + value * kernel[i][unit], 0) + b);
}

/** Every number of one sample: {x, columns: [{kernel, bias, activation, z, a}]}. */
export function forward(layers, x) {
  let arriving = x;
  const columns = layers.map(({ kernel, bias, activation }) => {
    const z = weightedSums(arriving, kernel, bias);
    const a = ACTIVATIONS[activation](z);
    arriving = a;
    return { kernel, bias, activation, z, a };
  });
  return { x, columns };
}
