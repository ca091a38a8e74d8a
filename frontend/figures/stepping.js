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
      this.#go(Number(button.value));
    });
  }

  /** Shows the map, and where the window stands among `steps`; `step` counts from 1. */
  showAnswers(answers, step, steps) {
    for (const field of this.form.querySelectorAll("[data-steps] input")) field.max = steps;
    this.set("step", step);
    paint(this.part("answers"), answers, (one) => this.#answer(one), showAnswer);
    paint(this.part("numbers"), answers, () => html("td"), showNumber);
    this.#move("back", step - 1, steps);
    this.#move("next", step + 1, steps);
  }

  #go(step) {
    if (step < 1 || step > Number(this.field("step").max)) return;
    this.set("step", step);
    this.refresh();
  }

  #move(name, step, steps) {
    set(this.part(name), { value: step, "aria-disabled": step < 1 || step > steps ? "true" : null });
  }

  #answer({ at }) {
    return html("td", {}, html("button", { type: "submit", name: `${this.dataset.name}.at`, value: at + 1 }));
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
