// Softmax with a temperature, and what is said of it.
import { ACTIVATIONS } from "../network/forward.js";
import { percent } from "../network/numbers.js";

/** scaled z / t + c, their powers of e, the powers' total, the shares. */
export function reckon(logits, temperature, shift) {
  const scaled = logits.map((z) => z / temperature + shift);
  const powers = scaled.map(Math.exp);
  return { scaled, powers, total: powers.reduce((sum, p) => sum + p, 0), shares: ACTIVATIONS.softmax(scaled) };
}

export function sentence(names, shares, temperature) {
  const order = names.map((_, n) => n).sort((a, b) => shares[a] - shares[b] || a - b);
  const [low, top] = [order[0], order.at(-1)];
  const effect =
    temperature < 1
      ? " A low temperature gives more to the largest logit."
      : temperature > 1
        ? " A high temperature evens the shares out."
        : "";
  return `${names[top]} gets ${percent(shares[top])}, ${names[low]} ${percent(shares[low])}; together the shares are 100%.${effect}`;
}
