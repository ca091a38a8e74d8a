// Edited weights: laid over the network's own, and written as one short text. The mirror of edits.py.
import { short, typed } from "./numbers.js";
import { findUnit, unitId } from "./view.js";

const PLACES = 6;
const lineOf = (edit) => [edit.layer, edit.unit, edit.source ?? -1];
const isSameLine = (a, b) => lineOf(a).join() === lineOf(b).join();

/** data's [layer, unit, source, value] as edits; source null is the bias. */
export function editsFrom(rows) {
  return rows.map(([layer, unit, source, value]) => ({ layer, unit, source, value }));
}

/** The network's own number of a line. */
export function originalOf(data, { layer, unit, source }) {
  const { kernel, bias } = data.layers[layer - 1];
  return source === null ? bias[unit] : kernel[source][unit];
}

/** The layers with the edits in the place of their own numbers. */
export function editLayers(layers, edits) {
  if (edits.length === 0) return layers;
  return layers.map((layer, k) => {
    const own = edits.filter((edit) => edit.layer === k + 1);
    const value = (source, unit, was) => own.find((e) => e.source === source && e.unit === unit)?.value ?? was;
    return {
      ...layer,
      kernel: layer.kernel.map((row, source) => row.map((was, unit) => value(source, unit, was))),
      bias: layer.bias.map((was, unit) => value(null, unit, was)),
    };
  });
}

/** One edit per line, the last one wins; those that change nothing are left out. */
export function normalized(data, edits) {
  const last = edits.filter((edit, n) => !edits.slice(n + 1).some((later) => isSameLine(edit, later)));
  return last
    .map((edit) => ({ ...edit, value: Number(numberText(edit.value)) }))
    .filter((edit) => edit.value !== originalOf(data, edit))
    .sort((a, b) => a.layer - b.layer || a.unit - b.unit || (a.source ?? -1) - (b.source ?? -1));
}

export function without(edits, line) {
  return edits.filter((edit) => !isSameLine(edit, line));
}

/** The value as an address writes it: a plain minus, no zeros at the end. */
export function numberText(value) {
  return short(value, PLACES).replace("\u2212", "-");
}

export function editsText(data, edits) {
  return edits.map((edit) => `${lineId(data, edit)}:${numberText(edit.value)}`).join(",");
}

function lineId(data, edit) {
  return `${unitId({ last: data.layers.length }, edit)}.${edit.source === null ? "b" : edit.source + 1}`;
}

/** The edits an address asks for; parts that make no sense are left out. */
export function readEdits(data, text) {
  return normalized(data, text.split(",").flatMap((part) => readEdit(data, part)));
}

function readEdit(data, part) {
  const [where, written = ""] = part.split(":");
  const dot = where.lastIndexOf(".");
  const focus = dot < 0 ? null : findUnit(data, where.slice(0, dot));
  const value = typed(written);
  if (!focus || focus.layer === 0 || value === null || Math.abs(value) > data.limit) return [];
  const place = where.slice(dot + 1);
  if (place === "b") return [{ ...focus, source: null, value }];
  const source = Number(place) - 1;
  return data.layers[focus.layer - 1].kernel[source] ? [{ ...focus, source, value }] : [];
}
