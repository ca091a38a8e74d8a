// <lw-loss>: moves a weight along loss curves that the server computed; nothing is reckoned here.
import { PlacedFigure } from "../figures/placed.js";
import { drawCurve, moveDot } from "../figures/plot.js";
import { html } from "../network/elements.js";
import { fixed, short } from "../network/numbers.js";
import { sentence } from "./words.js";

class Loss extends PlacedFigure {
  show({ w, of, by }) {
    const { plot, changes, tangent, curves } = this.data;
    const curve = curves[`${w} ${of}`];
    const middle = (changes.length - 1) / 2;
    const place = Math.round(Number(by) / (changes[1] - changes[0])) + middle;
    const [change, loss, slope] = [changes[place], curve.losses[place], curve.slopes[place]];
    drawCurve(this, "loss", plot, curve.losses.map((value, n) => [changes[n], value]));
    drawCurve(this, "slope", plot, [
      [change - tangent, loss - tangent * slope],
      [change + tangent, loss + tangent * slope],
    ]);
    moveDot(this, "start", plot, [0, curve.losses[middle]]);
    moveDot(this, "here", plot, [change, loss]);
    this.#tabulate(curve, place);
    return sentence(of, curve, change, place);
  }

  #tabulate({ start, losses, slopes }, place) {
    const { changes } = this.data;
    const places = changes.map((_, n) => n).filter((n) => n % 5 === 0 || n === place);
    const rows = places.map((n) =>
      html(
        "tr",
        {},
        html("th", { scope: "row" }, short(start + changes[n])),
        html("td", {}, fixed(losses[n], 3)),
        html("td", {}, fixed(slopes[n], 3)),
      ),
    );
    this.querySelector("table.data").tBodies[0].replaceChildren(...rows);
  }
}

customElements.define("lw-loss", Loss);
