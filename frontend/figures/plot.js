// Places on a plot's sheet in percent, as course/figures/plot.py finds them.
import { plainText } from "../network/numbers.js";

const BEYOND = 60;
const place = (share) => plainText(Math.round(100000 * Math.min(Math.max(share, -BEYOND / 100), 1 + BEYOND / 100)) / 1000);

export const xOf = ({ x: [low, high] }, value) => place((value - low) / (high - low));
export const yOf = ({ y: [low, high] }, value) => place((high - value) / (high - low));

/** A line through points [x, y], as the `d` of a path. */
export function pathOf(plot, points) {
  return `M${points.map(([x, y]) => `${xOf(plot, x)} ${yOf(plot, y)}`).join("L")}`;
}

/** Puts a dot of a figure to a point. */
export function moveDot(figure, part, plot, [x, y]) {
  const dot = figure.querySelector(`[data-dot="${part}"]`);
  dot.setAttribute("cx", `${xOf(plot, x)}%`);
  dot.setAttribute("cy", `${yOf(plot, y)}%`);
}

/** Draws a curve of a figure anew. */
export function drawCurve(figure, part, plot, points) {
  figure.querySelector(`[data-curve="${part}"]`).setAttribute("d", pathOf(plot, points));
}
