// Two runs beside each other: run A was pinned, run B is shown. The mirror of comparison.py.
import { html } from "./elements.js";
import { NIL, fixed, percent } from "./numbers.js";
import * as look from "./view.js";
import * as words from "./words.js";

/** {sentence, changes: [{key, name, before, after, delta, css}]} as far as computed; null while no run is pinned. */
export function comparisonOf(view) {
  if (view.before === null) return null;
  const units = view.sizes.flatMap((count, layer) => Array.from({ length: count }, (_, unit) => ({ layer, unit })));
  const known = units.filter((unit) => kindOf(view, unit));
  const changes = known.flatMap((unit) => changeOf(view, unit));
  const before = runName(view, view.pinned);
  if (changes.length === 0) {
    const rest = "Change an input or a weight, and what differs is listed here.";
    return { sentence: `Run A is ${before}. ${rest}`, changes };
  }
  const count = `${changes.length} of ${known.length} numbers differ.`;
  return { sentence: `Run A is ${before}, run B ${runName(view, view)}. ${count}`, changes };
}

function runName(view, { x, edits }) {
  const name = words.nameOf(view, x);
  return edits.length === 0 ? name : `${name}, with ${edits.length} ${edits.length === 1 ? "number" : "numbers"} edited`;
}

function kindOf(view, { layer, unit }) {
  if (look.knowsA(view, layer, unit)) return "a";
  return look.knowsZ(view, layer, unit) ? "z" : "";
}

function changeOf(view, focus) {
  const { layer, unit } = focus;
  const kind = kindOf(view, focus);
  const [old, now] = [view.before, view.seen].map((seen) => (layer === 0 ? seen.x : seen.columns[layer - 1][kind])[unit]);
  if (Math.abs(now - old) < NIL) return [];
  const isShare = layer === view.last && look.hasShares(view) && kind === "a";
  const write = (value) => (isShare ? percent(value) : fixed(value, 2));
  return [
    {
      key: `${layer}.${unit}`,
      name: words.unitName(view, focus),
      before: write(old),
      after: write(now),
      delta: isShare ? `${fixed((now - old) * 100, 1, true)}%` : fixed(now - old, 2, true),
      css: now > old ? "up" : "down",
    },
  ];
}

export class Comparison {
  /** root: the section; absent in the catalogue's small figure. */
  constructor(root) {
    this.root = root;
    this.sentence = root.querySelector("span");
    this.stop = root.querySelector("a");
    this.scroll = root.querySelector(".scroll");
    this.body = root.querySelector("tbody");
  }

  update(view, linkTo) {
    const found = comparisonOf(view);
    this.root.hidden = found === null;
    this.stop.href = linkTo({ pinned: null });
    const changes = found?.changes ?? [];
    this.sentence.textContent = found?.sentence ?? "";
    this.scroll.hidden = changes.length === 0;
    this.body.replaceChildren(...changes.map(makeRow));
  }
}

function makeRow({ name, before, after, delta, css }) {
  const cells = [html("td", {}, before), html("td", {}, after), html("td", { class: css }, delta)];
  return html("tr", {}, html("th", { scope: "row" }, name), ...cells);
}
