// <lw-descent>: steps downhill at the reader's learning rate, over the landscape that the server drew.
import { PlacedFigure } from "../figures/placed.js";
import { drawCurve, moveDot, xOf, yOf } from "../figures/plot.js";
import { html } from "../network/elements.js";
import { descend, number, sentence } from "./steps.js";

class Descent extends PlacedFigure {
  prepare() {
    this.addEventListener("click", (event) => {
      const go = event.target.closest("[data-go]")?.dataset.go;
      if (!go) return;
      event.preventDefault();
      const steps = go === "back" ? 0 : Math.min(Number(this.field("n").value) + Number(go), this.data.most);
      this.set("n", steps);
      this.refresh();
    });
  }

  show({ rate, n, w, b }) {
    const { plot, enough } = this.data;
    const start = b === undefined ? [Number(w)] : [Number(w), Number(b)];
    const stops = descend(this.data, start, Number(rate), Math.trunc(Number(n)));
    const places = stops.map(({ place, loss }) => [place[0], place[1] ?? loss]);
    drawCurve(this, "way", plot, places);
    const dots = places.map(([x, y]) => `M${xOf(plot, x)} ${yOf(plot, y)}h0`).join("");
    this.querySelector('[data-curve="stops"]').setAttribute("d", dots);
    moveDot(this, "here", plot, places.at(-1));
    this.#tabulate(stops);
    return sentence(stops, enough);
  }

  #tabulate(stops) {
    const rows = stops.map(({ place, loss, gradient }, step) => {
      const cells = [...place.map(number), number(loss), ...gradient.map(number)];
      return html("tr", {}, html("th", { scope: "row" }, String(step)), ...cells.map((text) => html("td", {}, text)));
    });
    this.querySelector("table.data").tBodies[0].replaceChildren(...rows);
  }
}

customElements.define("lw-descent", Descent);
