// What is drawn for one state: the mirror of course/figures/scene.py, held to it by a test.
import { NIL, fixed, insideNode, percent, placesFor, sign } from "./numbers.js";
import * as look from "./view.js";

const FULL_SCALE = 4;
export const PENCIL = 11;
const STRONG = 100;
const tenth = (value) => Math.round(value * 10) / 10;

/** {edges, nodes, outputs, pills} for a view on one sheet; edges weak first. */
export function draw(view, layout) {
  const edges = drawEdges(view, layout).sort((a, b) => a.order - b.order);
  return { edges, nodes: drawNodes(view), outputs: drawOutputs(view), pills: drawPills(view, layout) };
}

/** Which weights carry the answer as far as it is known: product not 0, and a path of units that are on. */
export function carriers(view, known) {
  const keep = [];
  let ahead = view.seen.columns.at(-1).bias.map(() => true);
  for (let layer = view.last; layer > 0; layer -= 1) {
    const source = look.sourceOf(view, layer);
    const leads = ahead;
    const lead = view.seen.columns[layer - 1].kernel.map((row, i) => {
      const isOn = layer > known || Math.abs(source[i]) > NIL;
      return row.map((weight, j) => weight !== 0 && isOn && leads[j]);
    });
    keep.unshift(lead);
    ahead = lead.map((row) => row.some(Boolean));
  }
  return keep;
}

export function lineWidth(contribution, scale) {
  const width = 0.8 + 1.45 * Math.min((Math.abs(contribution) * FULL_SCALE) / scale, FULL_SCALE);
  return Math.round(width * 100) / 100;
}

export function fill(value, scale) {
  if (Math.abs(value) < NIL) return "a0";
  const size = Math.abs(value);
  return `a${value > 0 ? "p" : "n"}${size <= scale / 4 ? 1 : size <= scale / 2 ? 2 : 3}`;
}

function drawEdges(view, layout) {
  const keep = carriers(view, look.knownColumns(view));
  return view.seen.columns.flatMap(({ kernel }, k) =>
    kernel.flatMap((row, i) =>
      row.flatMap((weight, j) => {
        const isDrawn = weight !== 0 || look.isEdited(view, k + 1, j, i);
        return isDrawn ? [drawEdge(view, layout, keep, k + 1, i, j, weight)] : [];
      }),
    ),
  );
}

function drawEdge(view, layout, keep, layer, i, j, weight) {
  const source = look.knowsA(view, layer - 1, i) ? look.sourceOf(view, layer)[i] : null;
  const incoming = look.isSame(view.focus, layer, j);
  const outgoing = look.isSame(view.focus, layer - 1, i);
  const drawn =
    view.focus === null
      ? overview(weight, source, keep[layer - 1][i][j], view.data.scale)
      : incoming
        ? arriving(weight, source, view.data.scale)
        : outgoing
          ? { css: `e out ${sign(weight)}`, width: 1.6, order: STRONG + Math.abs(weight) }
          : { css: `e far ${sign(weight)}`, width: 0.8, order: 0 };
  const ends = lineEnds(layout, layer, i, j, outgoing ? 4.5 : 1, incoming ? 4.5 : 1);
  const isEdited = look.isEdited(view, layer, j, i);
  return { key: `${layer}.${i}.${j}`, ...drawn, ...ends, term: incoming ? i : null, isEdited };
}

function overview(weight, source, isKept, scale) {
  const product = source === null ? 0 : weight * source;
  const size = Math.abs(product);
  if (size < NIL) return { css: `e idle ${sign(weight)}`, width: 0.8, order: 0 };
  if (isKept) return { css: `e ${sign(product)}`, width: lineWidth(product, scale), order: STRONG + size };
  return { css: `e ${sign(product)} stopped`, width: 1.1, order: size };
}

function arriving(weight, source, scale) {
  const arrives = source === null ? weight : weight * source;
  const size = Math.abs(arrives);
  if (size < NIL) return { css: `e in ${sign(weight)} flat`, width: 1.2, order: 2 * STRONG };
  return { css: `e in ${sign(weight)}`, width: lineWidth(arrives, scale), order: 2 * STRONG + size };
}

function lineEnds(layout, layer, i, j, gap1, gap2) {
  const [x1, y1, x2, y2] = [layout.xs[layer - 1], layout.ys[layer - 1][i], layout.xs[layer], layout.ys[layer][j]];
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
  const [r1, r2] = [layout.radius + gap1, layout.radius + gap2];
  return {
    x1: tenth(x1 + ux * r1),
    y1: tenth(y1 + uy * r1),
    x2: tenth(x2 - ux * r2),
    y2: tenth(y2 - uy * r2),
  };
}

function drawNodes(view) {
  return view.sizes.flatMap((units, layer) =>
    Array.from({ length: units }, (_, unit) => {
      const value = look.valueOf(view, layer, unit);
      const isPinned = look.isSame(view.focus, layer, unit);
      const isEdited = look.isEdited(view, layer, unit, null);
      const css = value === null ? "unknown" : fill(value, look.fillScale(view, layer, unit));
      return {
        key: `${layer}.${unit}`,
        id: look.unitId(view, { layer, unit }),
        css: `n ${css}${isPinned ? " me" : ""}${isEdited ? " edited" : ""}`,
        text: value === null ? "?" : insideNode(value),
        isNegative: value !== null && value < -NIL,
        isPinned,
        change: look.changeOf(view, layer, unit),
      };
    }),
  );
}

function drawOutputs(view) {
  const shares = look.hasShares(view) ? view.seen.columns.at(-1).a : null;
  return view.data.classes.map((name, unit) => {
    const isTop = look.knowsAnswer(view) && unit === look.answerOf(view);
    const css = isTop ? " top" : look.isSame(view.focus, view.last, unit) ? " here" : "";
    const share = shares && look.knowsA(view, view.last, unit) ? shares[unit] : null;
    return { name, css, share: share === null ? null : percent(share), bar: share };
  });
}

function drawPills(view, layout) {
  if (view.focus === null || view.focus.layer === 0) return [];
  const { layer, unit } = view.focus;
  const places = placesFor(view.seen.columns.flatMap((column) => column.kernel.flat()));
  return view.seen.columns[layer - 1].kernel.flatMap((row, i) => {
    const isKnown = look.knowsA(view, layer - 1, i);
    const isSilent = isKnown && Math.abs(look.sourceOf(view, layer)[i] * row[unit]) < NIL;
    const isEdited = look.isEdited(view, layer, unit, i);
    if ((row[unit] === 0 || isSilent) && !isEdited) return [];
    const hasPencil = isEdited && layout.name === "wide";
    const text = fixed(row[unit], places, true);
    const base = layout.name === "narrow" ? 29 : 34;
    const width = base + 7 * Math.max(0, text.length - 4) + (hasPencil ? PENCIL : 0);
    const css = `${sign(row[unit])}${isEdited ? " edited" : ""}`;
    return [{ ...pillPlace(layout, layer, i, unit), width, css, text, term: i, hasPencil }];
  });
}

function pillPlace(layout, layer, i, unit) {
  const [x1, y1, x2, y2] = [layout.xs[layer - 1], layout.ys[layer - 1][i], layout.xs[layer], layout.ys[layer][unit]];
  const offset = layout.name === "narrow" ? 18 : 36;
  const part = Math.min(layout.radius + offset, (x2 - x1) / 2) / (x2 - x1);
  return { x: tenth(x1 + (x2 - x1) * part), y: tenth(y1 + (y2 - y1) * part) };
}
