// The pass as matrices: results beside the lines of NumPy, one layer as a product. The mirror of matrices.py;
// the code itself is the server's, since only its numbers change.
import { html, set } from "./elements.js";
import { fixed, percent, placesFor, short, sign } from "./numbers.js";
import * as look from "./view.js";
import { sourceNames } from "./waterfall.js";
import { capital, unitName } from "./words.js";

const BLANK = { text: "", css: "", term: null };
const isLinear = (view, layer) => view.seen.columns[layer - 1].activation === "linear";

/** The layer that the matrices are about: of the pinned unit, else of the step. */
export function shownLayer(view) {
  return view.focus?.layer || view.stops[view.step - 1].layer || 1;
}

/** What the code calls the outputs of a column. */
function outputName(view, layer) {
  if (layer === 0) return "x";
  if (layer === view.last && look.hasShares(view)) return "p";
  return `${isLinear(view, layer) ? "z" : "a"}${layer}`;
}

/** The result of a step as the list that NumPy would print; "?" is not computed yet. */
export function resultOf(view, stop) {
  if (stop.kind === "x") return "";
  if (stop.kind === "class") return look.knowsAnswer(view) ? view.data.classes[look.answerOf(view)] : "?";
  const { z, a } = view.seen.columns[stop.layer - 1];
  const knows = stop.kind === "z" ? look.knowsZ : look.knowsA;
  const places = stop.kind === "p" ? 3 : 2;
  const numbers = (stop.kind === "z" ? z : a).map((value, unit) =>
    knows(view, stop.layer, unit) ? short(value, places) : "?",
  );
  return numbers.every((text) => text === "?") ? "?" : `[${numbers.join(", ")}]`;
}

/** The line that writes down the inputs. */
export function inputCode(view, isColumns) {
  const numbers = view.seen.x.map((value) => short(value).replace("\u2212", "-")).join(", ");
  return `x = np.array([[${numbers}]])${isColumns ? ".T" : ""}`;
}

/** {caption, head, rows: [{name, cells: [{text, css, term}]}]} of the shown layer. */
export function matrixOf(view, isColumns) {
  const layer = shownLayer(view);
  const write = cellWriter(view, layer);
  const arriving = outputName(view, layer - 1);
  const names = sourceNames(view, layer);
  const { bias } = view.seen.columns[layer - 1];
  const units = bias.map((_, unit) => unitName(view, { layer, unit }));
  const ends = [`b${layer}`, `z${layer}`, outputName(view, layer)].slice(0, isLinear(view, layer) ? 2 : 3);
  const product = isColumns ? `W${layer}.T @ ${arriving}` : `${arriving} @ W${layer}`;
  const caption = `${capital(view.data.names[layer])}: ${product} + b${layer} = z${layer}`;
  const sources = names.map((_, i) => write.source(i));
  const kernel = names.map((_, i) => units.map((_unit, j) => write.weight(i, j)));
  const sums = units.map((_, j) => write.ends(j).slice(0, ends.length));
  if (isColumns) {
    const first = { name: arriving, cells: [...sources, ...ends.map(() => BLANK)] };
    const rows = units.map((name, j) => ({ name, cells: [...kernel.map((row) => row[j]), ...sums[j]] }));
    return { caption, head: [...names, ...ends], rows: [first, ...rows] };
  }
  const rows = names.map((name, i) => ({ name, cells: [sources[i], ...kernel[i]] }));
  const last = ends.map((name, n) => ({ name, cells: [BLANK, ...sums.map((end) => end[n])] }));
  return { caption, head: [arriving, ...units], rows: [...rows, ...last] };
}

function cellWriter(view, layer) {
  const { kernel, bias, z, a } = view.seen.columns[layer - 1];
  const places = placesFor([...kernel.flat(), ...bias]);
  const isHere = (unit) => look.isSame(view.focus, layer, unit);
  const number = (value, source, unit) => {
    const marks = `${look.isEdited(view, layer, unit, source) ? " edited" : ""}${isHere(unit) ? " here" : ""}`;
    const term = isHere(unit) ? String(source ?? "b") : null;
    return { text: fixed(value, places, true), css: `${sign(value)}${marks}`, term };
  };
  const isShare = layer === view.last && look.hasShares(view);
  const output = (unit) => (isShare ? percent(a[unit]) : fixed(a[unit], 2));
  return {
    source: (i) => ({
      text: look.knowsA(view, layer - 1, i) ? short(look.sourceOf(view, layer)[i]) : "?",
      css: "given",
      term: view.focus?.layer === layer ? String(i) : null,
    }),
    weight: (i, unit) => number(kernel[i][unit], i, unit),
    ends: (unit) => {
      const css = `end${isHere(unit) ? " here" : ""}`;
      return [
        number(bias[unit], null, unit),
        { text: look.knowsZ(view, layer, unit) ? fixed(z[unit], 2) : "?", css, term: null },
        { text: look.knowsA(view, layer, unit) ? output(unit) : "?", css, term: null },
      ];
    },
  };
}

export class Matrices {
  /** root: the details element; absent in the catalogue's small figure. */
  constructor(root) {
    this.lines = [...root.querySelectorAll("[data-at]")];
    this.table = root.querySelector("[data-matrix]");
    this.source = [...root.querySelectorAll("[data-source]")];
    this.isColumns = document.documentElement.dataset.vectors === "column";
  }

  update(view) {
    this.lines.forEach((line, i) => {
      line.parentElement.querySelector("output").textContent = resultOf(view, view.stops[i]);
    });
    const [rows, columns] = this.lines[0].querySelectorAll("code");
    rows.textContent = inputCode(view, false);
    columns.textContent = inputCode(view, true);
    this.table.replaceChildren(makeTable(matrixOf(view, this.isColumns)));
    const layer = shownLayer(view);
    for (const line of this.source) {
      set(line, { class: Number(line.dataset.source) === layer ? "now" : null });
    }
  }
}

function makeTable({ caption, head, rows }) {
  const heads = head.map((name) => html("th", { scope: "col" }, name));
  const cell = ({ text, css, term }) => html("td", { class: css || null, "data-t": term }, text);
  const row = ({ name, cells }) => html("tr", {}, html("th", { scope: "row" }, name), ...cells.map(cell));
  return html(
    "table",
    { class: "data matrix" },
    html("caption", {}, caption),
    html("thead", {}, html("tr", {}, html("td"), ...heads)),
    html("tbody", {}, ...rows.map(row)),
  );
}
