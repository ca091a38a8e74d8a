// <lw-lstm>: the gates and the memory of one unit over time, with the inputs in the reader's hand.
import { PlacedFigure } from "../figures/placed.js";
import { set } from "../network/elements.js";
import { drawing } from "./reckon.js";

class Lstm extends PlacedFigure {
  show(values) {
    const seen = drawing(values, this.data);
    this.#fill("[data-row]", seen.rows, showCell);
    this.#fill("[data-values]", seen.rows, (cell, { exact }) => (cell.textContent = exact));
    for (const [n, line] of this.querySelectorAll("[data-sum]").entries()) line.textContent = seen.sums[n];
    return seen.sentence;
  }

  #fill(selector, rows, show) {
    for (const [n, row] of this.querySelectorAll(selector).entries()) {
      rows[n].forEach((content, k) => show(row.cells[k + 1], content));
    }
  }
}

function showCell(cell, { text, css, isNegative, isNow }) {
  set(cell, { class: [css, isNegative && "minus", isNow && "in"].filter(Boolean).join(" ") });
  cell.textContent = text;
}

customElements.define("lw-lstm", Lstm);
