// Completion of layers, arguments and their values, each with its line of documentation from the engine's catalogue.
// The words are fetched when the editor is first used; without them nothing completes and nothing else changes.
import { contextAt } from "./context.js";

/** A source for CodeMirror's completion. */
export function completions(url) {
  let words = null;
  const known = () => (words ??= load(url));
  return async (context) => {
    const { word, callee, argument, used, quote } = contextAt(context.state.sliceDoc(0, context.pos));
    if (quote === "#" || quote.length === 3 || !(word || quote || context.explicit)) return null;
    const options = offered(await known(), { callee, argument, used, quote });
    return options.length ? { from: context.pos - word.length, options, validFor: /^\w*$/ } : null;
  };
}

/** What fits a place: values of an argument, arguments of a call, or things to call. */
export function offered(words, { callee, argument, used, quote }) {
  const called = words.find((one) => one.name === callee);
  const meant = called?.arguments.find((one) => one.name === argument);
  if (meant) return meant.values.map((value) => valueOption(value, quote)).filter(Boolean);
  if (quote) return [];
  const things = words.filter((one) => one.family !== "model").map(wordOption);
  if (!called) return callee ? [] : things;
  return called.arguments.filter((one) => !used.includes(one.name)).map(argumentOption);
}

function valueOption(value, quote) {
  const isBare = ["True", "False", "None"].includes(value);
  if (quote) return isBare ? null : { label: value, type: "text" };
  return isBare ? { label: value, type: "keyword" } : { label: value, apply: `"${value}"`, type: "text" };
}

function wordOption({ name, family, doc }) {
  return { label: name, detail: ` ${family}`, info: doc, type: "class" };
}

function argumentOption({ name, default: value, doc }) {
  return { label: name, apply: `${name}=`, detail: value ? ` = ${value}` : " required", info: doc, type: "property" };
}

async function load(url) {
  try {
    const response = await fetch(url);
    return response.ok ? await response.json() : [];
  } catch {
    return [];
  }
}
