// <lw-backprop>: shows the way back as far as the reader went. Every number comes from the server.
import { PlacedFigure, fill } from "../figures/placed.js";
import { html, svg } from "../network/elements.js";

const UNKNOWN = "?";

class Backprop extends PlacedFigure {
  show({ at, unit, of }) {
    const { samples, stops, step } = this.data;
    const seen = samples[of];
    const reached = stops[at];
    const chosen = seen.units[unit].layer >= reached ? seen.units[unit] : null;
    for (const [key, one] of Object.entries(seen.units)) this.#mark(key, one, one.layer >= reached, chosen);
    for (const [n, text] of seen.inputs.entries()) this.#node(`x.${n + 1}`).querySelector("text").textContent = text;
    this.part("wires").replaceChildren(
      ...(chosen?.wires ?? []).map(({ css, ...ends }) => svg("line", { class: css, ...ends })),
    );
    this.part("sums").hidden = !chosen;
    this.part("weights").querySelector("table").classList.toggle("with-step", at === step);
    if (chosen) this.#sums(chosen);
    const told = at === step ? seen.stepped : seen.told;
    return `${told} ${chosen?.told ?? `The delta of ${unit} is not known yet: it needs those of the layer behind it.`}`;
  }

  #node(key) {
    return this.querySelector(`[data-node="${key}"]`);
  }

  #mark(key, one, isKnown, chosen) {
    const node = this.#node(key);
    node.setAttribute("class", `unit ${isKnown ? one.css : "unknown"}${one === chosen ? " chosen" : ""}`);
    node.querySelector("text").textContent = isKnown ? one.short : UNKNOWN;
    this.querySelector(`[data-delta="${key}"]`).textContent = isKnown ? one.delta : UNKNOWN;
  }

  #sums({ parts, weights, arrived, slope, delta }) {
    fill(this.part("parts"), { arrived, slope, delta });
    this.part("parts").hidden = parts.length === 0;
    fillRows(this.part("parts"), parts, ({ name, weight, delta, product, css }) => [name, [weight], [delta], [product, css]]);
    fillRows(this.part("weights"), weights, ({ name, input, gradient, before, after, css }) => [
      name, [input], [gradient, css], [before, "then"], [after, "then"],
    ]);
  }
}

function fillRows(part, items, cellsOf) {
  const rows = items.map((item) => {
    const [name, ...cells] = cellsOf(item);
    return html("tr", {}, html("th", { scope: "row" }, name), ...cells.map(([text, css]) => html("td", { class: css }, text)));
  });
  part.querySelector("tbody").replaceChildren(...rows);
}

customElements.define("lw-backprop", Backprop);
