// <lw-recurrent>: a recurrent layer unrolled in time, with its inputs in the reader's hand.
import { PlacedFigure, fill } from "../figures/placed.js";
import { set } from "../network/elements.js";
import { drawing } from "./reckon.js";

const FAINT = { css: "e far", width: 0.8 };

class Recurrent extends PlacedFigure {
  prepare() {
    this.querySelector("svg").addEventListener("click", (event) => this.#chosen(event.target));
  }

  show(values) {
    const seen = drawing(values, this.data);
    for (const group of this.querySelectorAll("[data-node]")) showNode(group, seen.nodes[group.dataset.node]);
    for (const line of this.querySelectorAll("[data-line]")) {
      const { css, width } = seen.lines[line.dataset.line] ?? FAINT;
      set(line, { class: css, "stroke-width": width });
    }
    this.#rows("[data-term]", seen.terms, (row, term) => {
      fill(row, term);
      row.lastElementChild.className = term.css;
    });
    this.#rows("[data-trail]", seen.trails, (row, { text, x, width, sign }) => {
      fill(row, { text });
      set(row.querySelector("rect"), { x, width, class: sign });
    });
    this.#rows("[data-values]", seen.table, (row, texts) => {
      for (const [n, text] of texts.entries()) row.cells[n + 1].textContent = text;
    });
    fill(this, { z: seen.z, state: seen.state });
    this.part("caption").textContent = seen.caption;
    return seen.sentence;
  }

  #rows(selector, contents, show) {
    for (const [n, row] of this.querySelectorAll(selector).entries()) show(row, contents[n]);
  }

  /** A press on a unit looks at it; the step and the unit have fields of their own. */
  #chosen(target) {
    const [step, unit] = target.closest("[data-node]")?.dataset.node.split(".").map(Number) ?? [];
    if (unit === undefined) return;
    this.set("step", step + 1);
    if (unit < this.data.kernel.length) this.field("unit").value = String(unit + 1);
    this.refresh();
  }
}

function showNode(group, { text, css, isNegative }) {
  set(group, { class: css });
  set(group.querySelector(".hatch"), { visibility: isNegative ? null : "hidden" });
  group.lastElementChild.textContent = text;
}

customElements.define("lw-recurrent", Recurrent);
