// Numbers as the site writes them: a true minus, no minus zero. The same rules as course/figures/numbers.py.

export const NIL = 1e-12;
export const MINUS = "\u2212";
const NODE_CHARACTERS = 4;

/** Exactly `places` decimals; `signed` writes a plus as well. */
export function fixed(value, places = 2, signed = false) {
  const text = Math.abs(value).toFixed(places);
  if (Number(text) === 0) return text;
  return (value < 0 ? MINUS : signed ? "+" : "") + text;
}

/** At most `places` decimals, no zeros at the end. */
export function short(value, places = 2) {
  const text = fixed(value, places);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Shortened until it fits a node's circle. */
export function insideNode(value) {
  for (const places of [2, 1, 0]) {
    const text = short(value, places);
    if (text.length <= NODE_CHARACTERS) return text;
  }
  const thousands = short(value / 1000, 0);
  if (thousands.length < NODE_CHARACTERS) return `${thousands}k`;
  return value < 0 ? `${MINUS}…` : "…";
}

/** A number above zero that may be very large or small: 2 decimals, else 2.65e10. */
export function grown(value) {
  if (value === 0 || (value >= 0.005 && value < 99999.995)) return fixed(value);
  return value.toExponential(2).replace("e+", "e").replace("-", MINUS);
}

/** A probability as a percentage with one decimal. */
export function percent(share) {
  return `${fixed(share * 100, 1)}%`;
}

/** "pos", "neg" or "zero". */
export function sign(value) {
  return value > NIL ? "pos" : value < -NIL ? "neg" : "zero";
}

/** Decimals a column of weights needs: one when all are exact with one, else two. */
export function placesFor(values) {
  return values.every((value) => Math.abs(value * 10 - Math.round(value * 10)) < 1e-9) ? 1 : 2;
}

const NUMBER = /^([-+]?\d{1,6}(?:\.\d{1,12})?)(?:\/(\d{1,6}(?:\.\d{1,12})?))?$/;

/** The number a person typed: 0.75, 0,75, 3/4, with either minus; null when it is none. */
export function typed(text) {
  const match = NUMBER.exec(text.trim().replaceAll("\u2212", "-").replaceAll(",", "."));
  if (match === null) return null;
  const below = Number(match[2] ?? 1);
  return below === 0 ? null : Number(match[1]) / below;
}

/** The number for addresses and form fields: a plain minus, never an exponent. */
export function plainText(value) {
  return short(value, 12).replace(MINUS, "-");
}
