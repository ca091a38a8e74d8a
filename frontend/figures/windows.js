// A window that slides over a square of numbers. The same rules as course/figures/windows.py.
import { NIL, insideNode, short } from "../network/numbers.js";
import { fill } from "../network/scene.js";

export class Sliding {
  constructor(side, size, stride, padding) {
    const isSame = padding === "same";
    Object.assign(this, { side, size, stride });
    this.count = isSame ? Math.ceil(side / stride) : Math.floor((side - size) / stride) + 1;
    const total = isSame ? Math.max((this.count - 1) * stride + size - side, 0) : 0;
    this.before = Math.floor(total / 2);
    this.after = total - this.before;
  }

  /** How many windows there are. */
  get steps() {
    return this.count ** 2;
  }

  /** Row and column where a window begins, counted from 0; padding lies outside of the square. */
  corner(step) {
    const at = (place) => place * this.stride - this.before;
    return [at(Math.floor(step / this.count)), at(step % this.count)];
  }

  covers(step, row, column) {
    const [top, left] = this.corner(step);
    return top <= row && row < top + this.size && left <= column && column < left + this.size;
  }

  isInside(row, column) {
    return row >= 0 && column >= 0 && row < this.side && column < this.side;
  }

  /** Every place of the square with its padding, row by row. */
  places() {
    const span = [];
    for (let at = -this.before; at < this.side + this.after; at += 1) span.push(at);
    return span.map((row) => span.map((column) => [row, column]));
  }

  /** What a window covers, row by row: the value at each place, 0 (or `outside`) in padding. */
  under(values, step, outside = 0) {
    const [top, left] = this.corner(step);
    const taps = [...Array(this.size).keys()];
    return taps.map((down) =>
      taps.map((across) => (this.isInside(top + down, left + across) ? values[top + down][left + across] : outside)),
    );
  }

  /** One number for each window, in rows. */
  map(answer) {
    const along = [...Array(this.count).keys()];
    return along.map((row) => along.map((column) => answer(row * this.count + column)));
  }

  span(step) {
    const [top, left] = this.corner(step);
    const isBeyond = Math.min(top, left) < 0 || Math.max(top, left) + this.size > this.side;
    return `${this.#reach("row", top)} and ${this.#reach("column", left)}${isBeyond ? ", with padding" : ""}`;
  }

  #reach(word, start) {
    const [first, last] = [Math.max(start, 0) + 1, Math.min(start + this.size, this.side)];
    return first === last ? `${word} ${first}` : `${word}s ${first} to ${last}`;
  }

  place(step) {
    return `Window ${step + 1} of ${this.steps}, ${this.span(step)}`;
  }
}

/** The picture that 16 hexadecimal digits mean, as rows of 0 and 1. */
export const decode = (code) =>
  code.match(/../g).map((row) => [...parseInt(row, 16).toString(2).padStart(8, "0")].map(Number));

export const encode = (pixels) =>
  pixels.map((row) => parseInt(row.join(""), 2).toString(16).padStart(2, "0")).join("");

/** The sum of every window times the kernel, no bias; relu where it is asked for. */
export function correlate(pixels, weights, sliding, activation) {
  return sliding.map((step) => {
    const z = exact(sum(products(pixels, weights, sliding, step).flat()));
    return activation === "relu" ? Math.max(z, 0) : z;
  });
}

/** Rounded so that equal sums are equal numbers, whatever the order of adding. */
export const exact = (value) => Math.round(value * 1e9) / 1e9;

/** What lies under the window times the kernel's weights, in rows. */
export const products = (pixels, weights, sliding, step) =>
  sliding.under(pixels, step).map((row, down) => row.map((value, across) => value * weights[down][across]));

export const sum = (values) => values.reduce((total, value) => total + value, 0);

/** Numbers in a sentence: 1, 2 and 3. */
export function listed(values) {
  const texts = values.map((value) => short(value));
  return texts.length > 1 ? `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}` : texts[0];
}

/** How a cell of a square is called, whose cells are counted row by row from 0. */
export const named = (at, count) => `Row ${Math.floor(at / count) + 1}, column ${(at % count) + 1}`;

/** A cell of the map of answers, as course/figures/windows.py makes it. */
export function answer(value, at, count, step, scale, isFilling) {
  const isHidden = isFilling && at > step;
  const text = isHidden ? "?" : insideNode(value);
  return {
    at,
    text,
    isNegative: !isHidden && value < -NIL,
    label: `${named(at, count)}: ${isHidden ? "not computed yet" : text}`,
    css: isHidden ? "unknown" : fill(value, scale),
    isCurrent: at === step,
  };
}
