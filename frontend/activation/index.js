// <lw-activation>: moves z along curves that the server computed; nothing is reckoned here.
import { PlacedFigure, fill } from "../figures/placed.js";
import { drawCurve, moveDot } from "../figures/plot.js";
import { html } from "../network/elements.js";
import { fixed, short } from "../network/numbers.js";
import { sentence } from "./words.js";

class Activation extends PlacedFigure {
  show({ f, g, z: typed }) {
    const z = Math.round(Number(typed) * 10) / 10;
    const chosen = { first: f, second: g === "none" || g === f ? null : g };
    const readings = [];
    for (const [part, name] of Object.entries(chosen)) {
      this.querySelector(`[data-reading="${part}"]`).hidden = !name;
      if (!name) for (const curve of this.querySelectorAll(`[data-curve^="${part}"]`)) curve.setAttribute("d", "");
      this.querySelector(`[data-dot="${part}"]`).classList.toggle("off", !name);
      if (name) readings.push(this.#draw(part, name, z));
    }
    this.#tabulate(readings.map(([name]) => name), z);
    return sentence(z, readings);
  }

  #draw(part, name, z) {
    const { plot, low, step, tables } = this.data;
    const [a, slope] = this.#at(name, z);
    drawCurve(this, part, plot, tables[name][0].map((value, n) => [low + step * n, value]));
    drawCurve(this, `${part}-slope`, plot, [[z - 1, a - slope], [z + 1, a + slope]]);
    moveDot(this, part, plot, [z, a]);
    fill(this.querySelector(`[data-reading="${part}"]`), { name, value: fixed(a), slope: fixed(slope) });
    return [name, a, slope];
  }

  #tabulate(names, z) {
    const table = this.querySelector("table.data");
    const head = names.flatMap((name) => [name, `slope of ${name}`]);
    table.tHead.rows[0].replaceChildren(...["z", ...head].map((text) => html("th", { scope: "col" }, text)));
    const whole = Array.from({ length: 9 }, (_, n) => n - 4);
    const rows = [...whole, z].map((at) => {
      const cells = names.flatMap((name) => this.#at(name, at)).map((value) => html("td", {}, fixed(value)));
      return html("tr", {}, html("th", { scope: "row" }, short(at)), ...cells);
    });
    table.tBodies[0].replaceChildren(...rows);
  }

  #at(name, z) {
    const place = Math.round((z - this.data.low) / this.data.step);
    return this.data.tables[name].map((column) => column[place]);
  }
}

customElements.define("lw-activation", Activation);
