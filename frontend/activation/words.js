// What is said of functions at z, as course/figures/activation.py says it.
import { fixed, short } from "../network/numbers.js";

const FLAT = 0.005;

/** readings: [name, value, slope] of one or two functions. */
export function sentence(z, readings) {
  const told = readings.map(([name, a, slope]) => `${name} gives ${fixed(a)}, slope ${fixed(slope)}`).join("; ");
  const isFlat = readings.some(([, , slope]) => Math.abs(slope) < FLAT);
  return `At z = ${short(z)} ${told}.${isFlat ? " Where the slope is 0, no weight behind it learns." : ""}`;
}
