// One state of the pooling figure in numbers and words. Mirrors course/figures/pooling.py.
import { Sliding, answer, correlate, decode, listed, sum } from "../figures/windows.js";
import { insideNode, short } from "../network/numbers.js";
import { fill } from "../network/scene.js";

const POOLS = { max: "the largest", average: "the mean" };

/** What is drawn for the form's values; `data` has the author's values, or pictures and a kernel. */
export function drawing(choices, data) {
  const values = data.values ?? mapOf(data.pictures[choices.picture], data.kernel);
  const side = values.length;
  const size = Math.min(Number(choices.size), side);
  const sliding = new Sliding(side, size, Number(choices.stride), choices.padding);
  const step = Math.min(Number(choices.step), sliding.steps) - 1;
  const isLargest = choices.pool === "max";
  const scale = Math.max(...values.flat().map(Math.abs)) || 1;
  const all = sliding.map((at) => covered(values, sliding, at));
  const winners = isLargest ? [...Array(sliding.steps).keys()].map((at) => winner(values, sliding, at)) : [];
  const found = all.flat()[step];
  const answers = all.map((row) => row.map((inside) => (isLargest ? Math.max(...inside) : sum(inside) / inside.length)));
  return {
    sliding,
    step,
    cells: values.map((row, r) =>
      row.map((value, c) => ({
        text: insideNode(value),
        css: fill(value, scale),
        isCovered: sliding.covers(step, r, c),
        isWinner: winners.some((place) => isAt(place, r, c)),
        isChosen: isLargest && isAt(winners[step], r, c),
      })),
    ),
    answers: answers.map((row, r) =>
      row.map((value, c) => answer(value, r * sliding.count + c, sliding.count, step, scale, false)),
    ),
    sentence: `${sliding.place(step)}: ${POOLS[choices.pool]} of ${listed(found)} is ${short(answers.flat()[step])}. ${wayBack(found, winners[step])}`,
    shapes: `${side} by ${side} in, ${sliding.count} by ${sliding.count} out`,
  };
}

const mapOf = (code, kernel) => correlate(decode(code), kernel, new Sliding(8, 3, 1, "valid"), "relu");

/** The values of a window, padding left out. */
const covered = (values, sliding, step) => sliding.under(values, step, null).map((row) => row.filter(isNumber)).flat();
const isNumber = (value) => value !== null;
const isAt = ([row, column], r, c) => row === r && column === c;

/** Row and column of the first largest value of a window. */
function winner(values, sliding, step) {
  const inside = sliding.under(values, step, -Infinity).flat();
  const tap = inside.indexOf(Math.max(...inside));
  const [top, left] = sliding.corner(step);
  return [top + Math.floor(tap / sliding.size), left + (tap % sliding.size)];
}

/** Where the gradient goes; `won` is the winner's place, undefined where there is none. */
function wayBack(values, won) {
  const { length } = values;
  if (length === 1) return "On the way back it gets the whole gradient.";
  if (!won) return `On the way back each of the ${length} numbers gets 1/${length} of the gradient.`;
  const place = `row ${won[0] + 1}, column ${won[1] + 1}`;
  const equal = values.filter((value) => value === Math.max(...values)).length;
  return equal === 1
    ? `On the way back the whole gradient goes to the largest, in ${place}. The others get 0.`
    : `${equal} numbers are largest. On the way back the whole gradient goes to the first of them, in ${place}. The others get 0.`;
}
