// The address of a state, as course/figures/state.py writes and reads it: only what differs from the start.
import { editsFrom, editsText, readEdits } from "./edits.js";
import { plainText, typed } from "./numbers.js";
import { isSure, settled } from "./prediction.js";
import { readPosition } from "./steps.js";
import { findUnit, unitId, sizesOf } from "./view.js";

const GRAINS = ["layer", "neuron", "operation"];
const OWN = ["x", "preset", "w", "edit", "to", "focus", "t", "by", "vs", "vw", "predict", "guess", "sure"];

/** The state as data says it: focus as a unit instead of its id. */
export function stateFrom(data, told) {
  const focus = told.focus ? findUnit(data, told.focus) : null;
  const pinned = told.pinned && { x: told.pinned.x, edits: editsFrom(told.pinned.edits) };
  return { ...told, focus, edits: editsFrom(told.edits), pinned };
}

/** The state an address asks for, over `base`; what makes no sense is left as it is. */
export function readAddress(data, search, base) {
  const query = new URLSearchParams(search);
  const state = { ...base };
  const preset = data.presets[query.get("preset")];
  const x = readInputs(data, query.getAll("x"));
  if (preset ?? x) state.x = preset ?? x;
  if (query.has("w")) state.edits = readEdits(data, query.get("w"));
  const focus = query.get("focus");
  if (focus === "none") state.focus = null;
  else if (focus) state.focus = findUnit(data, focus) ?? state.focus;
  Object.assign(state, readPosition(data, sizesOf(data), query.get("t")));
  if (GRAINS.includes(query.get("by"))) state.grain = query.get("by");
  if (query.has("vs")) state.pinned = readRun(data, query.get("vs"), query.get("vw") ?? "");
  state.guess = readGuess(data, query, state);
  return state;
}

function readGuess(data, query, state) {
  if (data.stops.at(-1).kind !== "class") return null;
  const choice = data.classes.indexOf(query.get("guess"));
  const sure = query.get("sure") ?? "fairly";
  if (choice >= 0 && isSure(sure)) return { choice, sure };
  const isOpen = query.get("predict") === "1" && !query.has("guess");
  return isOpen ? settled(data, { guess: { choice: null, sure: "fairly" }, step: state.step }) : null;
}

/** The run to compare with, or null. */
function readRun(data, name, edits) {
  const x = data.presets[name] ?? readInputs(data, [name]);
  return x && { x, edits: readEdits(data, edits) };
}

function readInputs(data, parts) {
  const texts = parts.length === 1 ? parts[0].split(",") : parts;
  const values = texts.map(typed);
  const { low, high } = data.range;
  const fits = values.length === sizesOf(data)[0] && values.every((v) => v !== null && v >= low && v <= high);
  return fits ? values : null;
}

/** The query of a state, keeping what else the page's address carries. */
export function writeAddress(data, state, search) {
  const query = new URLSearchParams(search);
  for (const name of OWN) query.delete(name);
  const parts = [...query].map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  if (!isEqual(state.x, data.start.x)) parts.push(inputPart(data, state.x));
  if (state.edits.length > 0) parts.push(`w=${editsText(data, state.edits)}`);
  const focus = state.focus ? unitId({ last: data.layers.length }, state.focus) : null;
  if (focus !== data.start.focus) parts.push(`focus=${focus ?? "none"}`);
  const place = [state.step, ...state.within].join(".");
  if (place !== [data.start.step, ...data.start.within].join(".")) parts.push(`t=${place}`);
  if (state.grain !== data.start.grain) parts.push(`by=${state.grain}`);
  if (state.pinned) parts.push(...runParts(data, state.pinned));
  if (state.guess) parts.push(...guessParts(data, state.guess));
  return `?${parts.join("&")}`;
}

function inputPart(data, x) {
  const preset = presetName(data, x);
  return preset ? `preset=${encodeURIComponent(preset)}` : `x=${numbers(x)}`;
}

function guessParts(data, { choice, sure }) {
  if (choice === null) return ["predict=1"];
  return [`guess=${encodeURIComponent(data.classes[choice])}`, `sure=${sure}`];
}

function runParts(data, { x, edits }) {
  const preset = presetName(data, x);
  const vs = `vs=${preset ? encodeURIComponent(preset) : numbers(x)}`;
  return edits.length > 0 ? [vs, `vw=${editsText(data, edits)}`] : [vs];
}

const numbers = (x) => x.map(plainText).join(",");
const presetName = (data, x) => Object.keys(data.presets).find((name) => isEqual(data.presets[name], x));

export function isEqual(a, b) {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
