// Steps of gradient descent down a quadratic, and what is said of them, as course/figures/descent.py does.
import { MINUS, fixed, grown } from "../network/numbers.js";

const LEVEL = 0.005;
const LARGE = 1e5;
const NAMES = ["weight", "bias"];

const times = (rows, place) => rows.map((row) => row.reduce((sum, value, n) => sum + value * place[n], 0));

function stopAt({ curvature, pull, base }, place) {
  const bent = times(curvature, place);
  const loss = place.reduce((sum, value, n) => sum + value * (bent[n] - 2 * pull[n]), base);
  return { place, loss, gradient: bent.map((value, n) => 2 * (value - pull[n])) };
}

/** Every stop from the start on; it ends early where the loss has grown beyond hill.enough. */
export function descend(hill, start, rate, steps) {
  const stops = [stopAt(hill, start)];
  while (stops.length <= steps && stops.at(-1).loss <= hill.enough) {
    const { place, gradient } = stops.at(-1);
    stops.push(stopAt(hill, place.map((value, n) => value - rate * gradient[n])));
  }
  return stops;
}

export function sentence(stops, enough) {
  const [first, last, taken] = [stops[0], stops.at(-1), stops.length - 1];
  const place = last.place.map((value, n) => `${NAMES[n]} ${number(value)}`).join(", ");
  const told = `After ${taken} step${taken === 1 ? "" : "s"}: ${place}, loss ${number(last.loss)}.`;
  if (last.loss > enough) {
    return `${told} Every step overshoots further: the loss grows without end. Lower the learning rate.`;
  }
  if (taken && last.loss > stops.at(-2).loss) return `${told} The last step made it worse: it overshot the bottom.`;
  if (Math.max(...last.gradient.map(Math.abs)) < LEVEL) return `${told} The ground is level: this is the bottom.`;
  return taken ? `${told} It began at ${number(first.loss)}.` : `${told} Take a step downhill.`;
}

/** A number that may have run away. What two orders of adding up make different is rounded off first. */
export function number(value) {
  const size = Number(Math.abs(value).toFixed(9));
  return size < LARGE ? fixed(Math.sign(value) * size) : (value < 0 ? MINUS : "") + grown(size);
}
