// Where a cursor stands in a Keras text: inside which call, in a string or not, after which argument's name.
// A scan of the text before it is enough, and holds on half-written texts that no parser takes.

const WORD = /[A-Za-z_]\w*$/;

/**
 * @returns {{word: string, callee: string, argument: string, used: string[], quote: string}} the word before the
 * cursor; the call around it and the argument that a value is being written for, both possibly empty; names of
 * arguments already there; and the quote that is open.
 */
export function contextAt(before) {
  const calls = [];
  let quote = "";
  let start = 0; // of the current argument or line
  for (let at = 0; at < before.length; at++) {
    const letter = before[at];
    if (quote) {
      if (letter === "\\") at++;
      else if (before.startsWith(quote, at)) {
        at += quote.length - 1;
        quote = "";
      } else if (letter === "\n" && quote.length === 1) quote = "";
    } else if (letter === "#") {
      const end = before.indexOf("\n", at);
      if (end < 0) return { word: "", callee: "", argument: "", used: [], quote: "#" };
      at = end;
    } else if (letter === '"' || letter === "'") {
      quote = before.startsWith(letter.repeat(3), at) ? letter.repeat(3) : letter;
      at += quote.length - 1;
    } else if ("([{".includes(letter)) {
      calls.push({ callee: letter === "(" ? (before.slice(0, at).match(WORD)?.[0] ?? "") : "", start, used: [] });
      start = at + 1;
    } else if (")]}".includes(letter)) {
      start = calls.pop()?.start ?? at + 1;
    } else if (letter === ",") {
      const name = nameOf(before.slice(start, at));
      if (name) calls.at(-1)?.used.push(name);
      start = at + 1;
    }
  }
  const { callee = "", used = [] } = calls.at(-1) ?? {};
  const rest = before.slice(start);
  const written = quote ? before.slice(before.lastIndexOf(quote) + quote.length) : (before.match(WORD)?.[0] ?? "");
  return { word: written, callee, argument: nameOf(rest), used, quote };
}

/** The name in `name=...`; a comparison is none. */
function nameOf(text) {
  return text.match(/^\s*([A-Za-z_]\w*)\s*=(?!=)/)?.[1] ?? "";
}
