// What is said of a place on a loss curve, as course/figures/loss.py says it.
import { fixed, short } from "../network/numbers.js";

const LEVEL = 0.005;

export function sentence(sample, { line, start, losses, slopes }, change, place) {
  const slope = slopes[place];
  const told =
    `With ${line} at ${short(start + change)} the loss of the ${sample} is ${fixed(losses[place])}; ` +
    `the slope there is ${fixed(slope)}`;
  if (Math.abs(slope) < LEVEL) return `${told}: level, so a small change of it changes nothing.`;
  return `${told}: ${slope > 0 ? "less" : "more"} of it lowers the loss.`;
}
