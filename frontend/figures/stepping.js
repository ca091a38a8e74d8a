// A figure whose window moves over a square: by slider, by Back and Next, by pressing a cell of the map.
import { html, set } from "../network/elements.js";
import { paint, rove } from "./cells.js";
import { PlacedFigure } from "./placed.js";

export class SteppingFigure extends PlacedFigure {
  prepare() {
    rove(this.part("answers"));
    this.addEventListener("click", (event) => {
      const button = event.target.closest('button[name$=".at"]');
      if (!button) return;
      event.preventDefault();
      this.set("step", button.value);
      this.refresh();
    });
  }

  /** Shows the map, and where the window stands among `steps`; `step` counts from 1. */
  showAnswers(answers, step, steps) {
    for (const field of this.form.querySelectorAll("[data-steps] input")) field.max = steps;
    this.set("step", step);
    paint(this.part("answers"), answers, (one) => this.#answer(one), showAnswer);
    paint(this.part("numbers"), answers, () => html("td"), showNumber);
    set(this.part("back"), { value: Math.max(step - 1, 1), "aria-disabled": step === 1 || null });
    set(this.part("next"), { value: Math.min(step + 1, steps), "aria-disabled": step === steps || null });
  }

  #answer({ at }) {
    return html("td", {}, html("button", { name: `${this.dataset.name}.at`, value: at + 1 }));
  }
}

function showAnswer(cell, { text, label, css, isNegative, isCurrent }) {
  const button = cell.firstElementChild;
  set(cell, { class: `${css}${isNegative ? " minus" : ""}` });
  set(button, { "aria-label": label, "aria-current": isCurrent ? "true" : null });
  button.textContent = text;
}

function showNumber(cell, { text }) {
  cell.textContent = text;
}
