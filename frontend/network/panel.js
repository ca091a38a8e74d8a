// What stands around the drawing: headline, sentence, the sum's table, the stops, the tables twin.
import { html, set, svg } from "./elements.js";
import { fixed, percent, placesFor, short, sign } from "./numbers.js";
import { grainChange } from "./steps.js";
import * as look from "./view.js";
import { sumOf } from "./waterfall.js";
import * as words from "./words.js";

/** Writes a sentence into an element, its strong pieces strong and its symbols in the mathematical face. */
export function writePhrases(element, phrases) {
  element.replaceChildren(
    ...phrases.map((part) => {
      if (!part.isStrong) return part.text;
      const symbol = part.symbol ? [html("span", { class: "mi" }, part.symbol)] : [];
      return html("strong", { class: "nowrap" }, part.before, ...symbol, part.text);
    }),
  );
}

/** The sum of a unit as a waterfall over its table, as _waterfall.html draws it. */
export function makeSum(sum) {
  const span = sum.cells.length;
  const scrolls = span > 8 ? { tabindex: 0, role: "group", "aria-label": "The sum, term by term" } : {};
  const head = sum.cells.map((c) => html("th", { scope: "col", "data-t": c.key }, c.name));
  const picture = html("td", { colspan: span }, makeFall(sum));
  const row = (symbol, cell) =>
    html("tr", {}, html("th", { scope: "row" }, html("span", { class: "mi" }, symbol)), ...sum.cells.map(cell));
  const table = html(
    "table",
    { class: `eq eq-${span}` },
    html("caption", { class: "sr" }, "Each product that makes z, left to right"),
    html("thead", {}, html("tr", {}, html("td"), ...head)),
    html(
      "tbody",
      {},
      html("tr", { class: "pic" }, html("td"), picture),
      row("x", (c) => html("td", { "data-t": c.key }, c.input)),
      row("w", (c) => html("td", { "data-t": c.key, class: c.weightCss || null }, c.weight)),
      row("xw", (c) => html("td", { "data-t": c.key, class: `tot ${c.css}` }, c.total)),
    ),
  );
  return html("div", { class: "eq-scroll", ...scrolls }, table);
}

function makeFall(sum) {
  const axis = svg("line", { class: "axis", x1: 0, x2: 100, y1: sum.axis, y2: sum.axis });
  const carries = sum.carries.map(({ x1, x2, y }) => svg("line", { class: "carry", x1, x2, y1: y, y2: y }));
  const bars = sum.bars.map(({ key, css, x, y, width, height, end, isNil }) =>
    isNil
      ? svg("line", { class: "nil", x1: x, x2: end, y1: y, y2: y })
      : svg("rect", { class: `bar ${css}`, "data-t": key, x, y, width, height }),
  );
  const box = { viewBox: `0 0 100 ${sum.height}`, preserveAspectRatio: "none" };
  const hidden = { "aria-hidden": "true", focusable: "false" };
  return svg("svg", { class: "fall", ...box, ...hidden }, axis, ...carries, ...bars);
}

export class Panel {
  /** root: the figure; every part may be absent, as in the catalogue's small figure. */
  constructor(root) {
    this.root = root;
    this.parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    this.stops = [...root.querySelectorAll("[data-step], [data-at]")];
    this.grains = [...root.querySelectorAll("[data-grain]")];
    this.presets = [...root.querySelectorAll("[data-preset]")];
    this.weights = [...root.querySelectorAll(".twin table.data:not(.values)")];
    this.rows = [...root.querySelectorAll("[data-row]")];
  }

  /** Shows a view; linkTo(change) is the address of the state with that change. */
  update(view, linkTo) {
    this.#write("headline", words.headline(view));
    this.#updateSum(view, linkTo);
    this.#updateStops(view, linkTo);
    this.#write("position", words.positionNote(view));
    const preset = words.presetOf(view);
    for (const link of this.presets) {
      const { preset: name } = link.dataset;
      set(link, { href: linkTo({ x: view.data.presets[name] }), "aria-current": name === preset ? "true" : null });
    }
    for (const row of this.rows) this.#updateRow(view, row);
    this.weights.forEach((table, k) => updateWeights(view, table, k + 1));
    this.#updateEdited(view, linkTo);
    this.#updateDo(view, linkTo);
  }

  #write(part, text) {
    const element = this.parts[part];
    if (element && element.textContent !== text) element.textContent = text;
  }

  #updateSum(view, linkTo) {
    const { say, sum, zeros, unpin, legend } = this.parts;
    const sentence = [{ text: words.stepSentence(view), isStrong: false }];
    writePhrases(say, view.focus && sum ? words.sumSentence(view, view.focus) : sentence);
    if (!sum) return;
    const shown = view.focus && view.focus.layer > 0 ? sumOf(view, view.focus) : null;
    sum.replaceChildren(...(shown ? [makeSum(shown)] : []));
    zeros.textContent = shown ? words.zerosSentence(shown.zeros) : "";
    unpin.hidden = view.focus === null;
    legend.hidden = view.focus !== null;
    unpin.querySelector("a").href = linkTo({ focus: null });
  }

  #updateEdited(view, linkTo) {
    const { edited } = this.parts;
    if (!edited) return;
    edited.hidden = view.edits.length === 0;
    edited.querySelector("span").textContent = words.editedSentence(view.edits.length);
    edited.querySelector("a").href = linkTo({ edits: [] });
  }

  #updateDo(view, linkTo) {
    const { do: offer } = this.parts;
    if (!offer) return;
    offer.hidden = view.pinned !== null;
    offer.querySelector("a").href = linkTo({ pinned: { x: view.x, edits: view.edits } });
  }

  #updateStops(view, linkTo) {
    for (const link of this.stops) {
      const number = Number(link.dataset.step ?? link.dataset.at);
      const place = number < view.step ? "past" : number === view.step ? "now" : "";
      link.parentElement.className = place;
      const href = linkTo({ step: number, within: [] });
      set(link, { href, "aria-current": place === "now" ? "step" : null });
    }
    for (const link of this.grains) {
      const { grain } = link.dataset;
      set(link, { href: linkTo(grainChange(view, grain)), "aria-current": grain === view.grain ? "true" : null });
    }
  }

  #updateRow(view, row) {
    const [layer, unit] = row.dataset.row.split(".").map(Number);
    const [z, a] = row.querySelectorAll("td");
    [z.textContent, a.textContent] = valueTexts(view, layer, unit);
  }
}

/** [z, output] of a unit as the tables show them: "?" is not computed yet. */
export function valueTexts(view, layer, unit) {
  if (layer === 0) return ["", short(view.seen.x[unit])];
  const column = view.seen.columns[layer - 1];
  const z = look.knowsZ(view, layer, unit) ? fixed(column.z[unit], 2) : "?";
  if (!look.knowsA(view, layer, unit)) return [z, "?"];
  const isShare = layer === view.last && look.hasShares(view);
  return [z, isShare ? percent(column.a[unit]) : fixed(column.a[unit], 2)];
}

/** One weight table of the twin, with the numbers as they are now. */
function updateWeights(view, table, layer) {
  const { kernel, bias } = view.seen.columns[layer - 1];
  const rows = [...kernel, bias];
  const places = placesFor(rows.flat());
  rows.forEach((row, i) => {
    const { cells } = table.tBodies[0].rows[i];
    const source = i < kernel.length ? i : null;
    row.forEach((value, unit) => {
      const cell = cells[unit + 1];
      const text = fixed(value, places, true);
      if (cell.textContent !== text) cell.textContent = text;
      set(cell, { class: `${sign(value)}${look.isEdited(view, layer, unit, source) ? " edited" : ""}` });
    });
  });
}
