// <lw-normalization>: a batch before and after, gamma and beta in hand. Mirrors course/figures/normalization.py.
import { paint, rove } from "../figures/cells.js";
import { PlacedFigure } from "../figures/placed.js";
import { set, svg } from "../network/elements.js";
import { drawing } from "./reckon.js";

class Normalization extends PlacedFigure {
  prepare() {
    rove(this.part("before"));
    this.part("before").addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      event.preventDefault();
      this.set("cell", button.value);
      this.refresh();
    });
  }

  show(values) {
    const seen = drawing(values, this.data);
    paint(this.part("before"), seen.before, null, showBefore);
    paint(this.part("after"), seen.after, null, showAfter);
    for (const [n, group] of this.querySelectorAll("[data-strip]").entries()) showStrip(group, seen.strips[n]);
    for (const [n, text] of this.querySelectorAll("[data-tick-text]").entries()) text.textContent = seen.ticks[n][0];
    for (const [n, row] of this.querySelectorAll("[data-values]").entries()) {
      for (const [k, text] of seen.table[n].entries()) row.cells[k + 1].textContent = text;
    }
    return seen.sentence;
  }
}

const names = (...css) => css.filter(Boolean).join(" ");

function showBefore(cell, { css, isNegative, isTogether, isCurrent }) {
  set(cell, { class: names(css, isNegative && "minus", isTogether && "in") });
  set(cell.firstElementChild, { "aria-current": isCurrent ? "true" : null });
}

function showAfter(cell, { text, css, isNegative, isTogether, isCurrent }) {
  set(cell, { class: names(css, isNegative && "minus", isTogether && "in", isCurrent && "here") });
  cell.textContent = text;
}

function showStrip(group, { text, y, dots, mean, low, high }) {
  group.querySelector("[data-cell]").textContent = text;
  set(group.querySelector(".spread"), { d: `M${low} ${y}v10H${high}v-10` });
  set(group.querySelector(".mean"), { d: `M${mean} ${y}v14` });
  const circles = dots.map((dot) => svg("circle", { cx: dot.x, cy: dot.y, r: 4.5, class: dot.isCurrent && "here" }));
  group.querySelector(".dots").replaceChildren(...circles);
}

customElements.define("lw-normalization", Normalization);
