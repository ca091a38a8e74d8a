// What the figure says: the mirror of course/figures/words.py, held to it by a test.
import { NIL, fixed, percent, short } from "./numbers.js";
import * as look from "./view.js";
import { termsOf } from "./waterfall.js";

const phrase = (text, more = {}) => ({ text, symbol: "", before: "", isStrong: false, ...more });
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
const isOn = (value) => Math.abs(value) > NIL;

export const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);

export const plain = (phrases) => phrases.map((part) => part.before + part.symbol + part.text).join("");

export function article(noun) {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}

export function presetOf(view, inputs = view.seen.x) {
  const found = Object.entries(view.data.presets).find(([, x]) => x.every((value, i) => value === inputs[i]));
  return found ? found[0] : null;
}

export function inputName(view) {
  return nameOf(view, view.seen.x);
}

/** What goes in: a llama, or your animal. */
export function nameOf(view, inputs) {
  const preset = presetOf(view, inputs);
  return preset === null ? `your ${view.data.subject}` : article(preset);
}

export function unitName(view, focus) {
  if (focus.layer === 0) return view.data.features[focus.unit];
  if (focus.layer === view.last) return view.data.classes[focus.unit];
  return look.unitId(view, focus);
}

export function headline(view) {
  const input = inputName(view);
  if (view.focus === null) {
    const end = view.step === view.stops.length ? "all the way through" : "step by step";
    return `${capital(input)}, ${end}`;
  }
  if (view.focus.layer === 0) return `Where ${unitName(view, view.focus)} of ${input} goes`;
  const kind = view.focus.layer === view.last ? "Output" : "Neuron";
  return `${kind} ${unitName(view, view.focus)} looks at ${input}`;
}

export function groupLabel(view) {
  const stop = view.stops[view.step - 1];
  return `Network ${view.sizes.join("-")}, step ${view.step} of ${view.stops.length}: ${stop.name}${withinStep(view)}`;
}

/** Where inside the step the figure stands; empty at its end. */
export function positionNote(view) {
  return withinStep(view).replace(", ", "");
}

function withinStep(view) {
  if (view.within.length === 0) return "";
  return `, unit ${view.within[0]} of ${view.sizes[view.stops[view.step - 1].layer]}`;
}

export function stepSentence(view) {
  const stop = view.stops[view.step - 1];
  if (stop.kind === "x") {
    const live = view.seen.x.filter(isOn).length;
    return `The input is ${inputName(view)}: ${live} of ${view.seen.x.length} numbers are not 0.`;
  }
  if (view.within.length > 0) return unitSentence(view, stop);
  const column = view.seen.columns[stop.layer - 1];
  const where = capital(view.data.names[stop.layer]);
  if (stop.kind === "z") return sumsSentence(view, where, stop.layer, column.z);
  const [name, value] = largest(view, stop.layer, column.a);
  if (stop.kind === "a") {
    const on = column.a.filter(isOn).length;
    const strongest = on ? `; the largest output is ${name} = ${short(value)}` : "";
    return `${where} after ${column.activation}: ${on} of ${column.a.length} units are on${strongest}.`;
  }
  if (stop.kind === "p") {
    return `${capital(column.activation)} turns the sums into shares; the largest is ${name}, ${percent(value)}.`;
  }
  return `The network answers ${name}, with ${percent(value)}.`;
}

/** One sentence about a step that is under way: its last unit. */
function unitSentence(view, stop) {
  const focus = { layer: stop.layer, unit: view.within[0] - 1 };
  const where = `${capital(view.data.names[stop.layer])}${withinStep(view)}`;
  if (view.within.length > 1) return `${where}: ${plain(sumSentence(view, focus))}`;
  const column = view.seen.columns[stop.layer - 1];
  const name = unitName(view, focus);
  if (stop.kind === "p") return `${where}: ${name}, ${percent(column.a[focus.unit])}.`;
  return `${where}: ${name} = ${short((stop.kind === "z" ? column.z : column.a)[focus.unit])}.`;
}

function sumsSentence(view, where, layer, z) {
  const positive = z.filter((value) => value > NIL).length;
  const [name, value] = largest(view, layer, z);
  const counted = `${positive} of ${z.length} are positive`;
  return `${where}, weighted sums: ${counted}; the largest is ${name} = ${short(value)}.`;
}

function largest(view, layer, values) {
  const unit = values.indexOf(Math.max(...values));
  return [unitName(view, { layer, unit }), values[unit]];
}

export function unitLabel(view, focus) {
  const change = look.changeOf(view, focus.layer, focus.unit);
  return ownLabel(view, focus) + (change ? `, ${change} from run A` : "");
}

function ownLabel(view, focus) {
  const units = view.sizes[focus.layer];
  if (focus.layer === 0) {
    const value = short(view.seen.x[focus.unit]);
    return `${unitName(view, focus)}, input ${focus.unit + 1} of ${units}, value ${value}`;
  }
  const name = `${unitName(view, focus)}, ${view.data.names[focus.layer]} unit ${focus.unit + 1} of ${units}`;
  if (!look.knowsZ(view, focus.layer, focus.unit)) return `${name}, not computed yet`;
  const column = view.seen.columns[focus.layer - 1];
  const [z, a] = [column.z[focus.unit], column.a[focus.unit]];
  const isDone = look.knowsA(view, focus.layer, focus.unit);
  if (!isDone || column.activation === "linear") return `${name}, z ${short(z)}`;
  if (focus.layer === view.last && look.hasShares(view)) return `${name}, z ${short(z)}, ${percent(a)}`;
  return `${name}, z ${short(z)}, output ${short(a)}, ${isOn(a) ? "on" : "off"}`;
}

export function termLabel(term, unit) {
  const input = term.input === null ? "" : `, input ${short(term.input)}`;
  const product = term.product === null ? "" : `, contributes ${fixed(term.product, 2)}`;
  return `${term.name} to ${unit}: weight ${short(term.weight)}${input}${product}`;
}

export function sumSentence(view, focus) {
  if (focus.layer === 0) return inputSentence(view, focus);
  const terms = termsOf(view, focus);
  if (!look.knowsA(view, focus.layer - 1)) {
    const weights = terms.filter((term) => term.weight !== 0).length;
    return [phrase(`Not computed yet: its ${count(weights, "weight")} wait for what comes before.`)];
  }
  const live = terms.filter((term) => term.weight !== 0 && term.input !== 0).length;
  const products = count(live, "product");
  const added = look.productsAdded(view, focus.layer, focus.unit);
  if (added > 0) return adding(terms.slice(0, added), products);
  if (!look.knowsZ(view, focus.layer, focus.unit)) {
    return [phrase(`${products} will arrive. Multiply, add the bias, then step on to compare.`)];
  }
  const column = view.seen.columns[focus.layer - 1];
  const verbs = live === 1 ? "arrives and adds" : "arrive and add";
  const bias = column.bias[focus.unit] === 0 ? "" : " with the bias";
  const z = phrase(` = ${fixed(column.z[focus.unit], 2)}`, { symbol: "z", isStrong: true });
  return [phrase(`${products} ${verbs} up${bias} to `), z, phrase(". "), ...activated(view, focus)];
}

/** A sum while it is being made. */
function adding(terms, products) {
  const added = terms.filter((term) => term.weight !== 0 && term.input !== 0).length;
  const total = fixed(terms.reduce((sum, term) => sum + term.product, 0), 2);
  return [phrase(`${added} of ${products} added; so far that is `), phrase(total, { isStrong: true }), phrase(".")];
}

function activated(view, focus) {
  const column = view.seen.columns[focus.layer - 1];
  const [z, a, name] = [column.z[focus.unit], column.a[focus.unit], column.activation];
  if (name === "linear") return [phrase("It goes on unchanged.")];
  if (!look.knowsA(view, focus.layer, focus.unit)) return [phrase(`What ${name} makes of it is the next step.`)];
  if (name === "softmax") {
    const others = count(column.z.length - 1, "sum");
    const share = phrase(percent(a), { isStrong: true });
    return [phrase(`Compared with the other ${others}, that is `), share, phrase(".")];
  }
  const result = phrase(`) = ${fixed(a, 2)}`, { symbol: "z", before: `${name}(`, isStrong: true });
  if (name !== "relu") return [phrase("Then "), result, phrase(".")];
  const kind = z > NIL ? "positive" : z < -NIL ? "negative" : "0";
  return [phrase(`It is ${kind}, so `), result, phrase(".")];
}

function inputSentence(view, focus) {
  const value = view.seen.x[focus.unit];
  const weights = view.seen.columns[0].kernel[focus.unit].filter((weight) => weight !== 0).length;
  const end = value === 0 ? " An input of 0 silences them all." : "";
  return [
    phrase(`The input ${unitName(view, focus)} is `),
    phrase(short(value), { isStrong: true }),
    phrase(`: given, not computed. It meets ${count(weights, "weight")} that are not 0.${end}`),
  ];
}

export function zerosSentence(zeros) {
  if (zeros.length === 0) return "";
  const names = [zeros.slice(0, -1).join(", "), zeros.at(-1)].filter(Boolean).join(" and ");
  return `Nothing comes from ${names}: the input or the weight is 0.`;
}

/** How much of the network the reader changed; empty when nothing. */
export function editedSentence(edits) {
  return edits === 0 ? "" : `${edits} ${edits === 1 ? "number" : "numbers"} of the network edited.`;
}

/** What an edit did, for the screen reader: the line with its number, then the unit's sum. */
export function editSentence(view, { layer, unit, source }) {
  const focus = { layer, unit };
  const name = unitName(view, focus);
  const bias = view.seen.columns[layer - 1].bias[unit];
  const told = source === null ? `bias of ${name}: ${short(bias)}` : termLabel(termsOf(view, focus)[source], name);
  return `${told}. ${plain(sumSentence(view, focus))}`;
}
