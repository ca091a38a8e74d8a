// <lw-pooling>: a window that keeps the largest number, or the mean. Mirrors course/figures/pooling.py.
import { paint } from "../figures/cells.js";
import { SteppingFigure } from "../figures/stepping.js";
import { html, set } from "../network/elements.js";
import { drawing } from "./reckon.js";

class Pooling extends SteppingFigure {
  /** The form's values as they can be shown: a window that exists. */
  values() {
    const found = super.values();
    return { ...found, step: drawing(found, this.data).step + 1 };
  }

  show(values) {
    const seen = drawing(values, this.data);
    paint(this.part("cells"), seen.cells, () => html("td"), showCell);
    this.showAnswers(seen.answers, seen.step + 1, seen.sliding.steps);
    this.part("shapes").textContent = seen.shapes;
    return seen.sentence;
  }
}

function showCell(cell, { text, css, isCovered, isWinner, isChosen }) {
  const marks = [css, isCovered && "in", isWinner && "winner", isChosen && "chosen"];
  set(cell, { class: marks.filter(Boolean).join(" ") });
  cell.textContent = text;
}

customElements.define("lw-pooling", Pooling);
