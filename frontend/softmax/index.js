// <lw-softmax>: logits, temperature and a shift in the hand. The arithmetic mirrors course/figures/softmax.py.
import { PlacedFigure, fill } from "../figures/placed.js";
import { set } from "../network/elements.js";
import { fixed, grown, percent, plainText } from "../network/numbers.js";
import { reckon, sentence } from "./reckon.js";

const FULL = 8;

class Softmax extends PlacedFigure {
  show(values) {
    const logits = this.data.names.map((_, n) => Number(values[`z${n + 1}`]));
    const temperature = Number(values.t);
    const seen = reckon(logits, temperature, Number(values.c));
    const top = seen.shares.indexOf(Math.max(...seen.shares));
    for (const [n, row] of [...this.querySelectorAll("[data-row]")].entries()) {
      fill(row, cells(logits, seen, n));
      row.classList.toggle("largest", n === top);
      const width = (50 * Math.abs(logits[n])) / FULL;
      const bar = row.querySelector('[data-bar="logit"]');
      set(bar, { x: plainText(logits[n] < 0 ? 50 - width : 50), width: plainText(width), class: logits[n] < 0 ? "neg" : "pos" });
      set(row.querySelector('[data-bar="share"]'), { width: plainText(100 * seen.shares[n]) });
    }
    for (const [n, row] of [...this.querySelectorAll("[data-values]")].entries()) fill(row, cells(logits, seen, n));
    fill(this, { total: grown(seen.total) });
    return sentence(this.data.names, seen.shares, temperature);
  }
}

function cells(logits, { scaled, powers, shares }, n) {
  return { logit: fixed(logits[n]), scaled: fixed(scaled[n]), power: grown(powers[n]), share: percent(shares[n]) };
}

customElements.define("lw-softmax", Softmax);
