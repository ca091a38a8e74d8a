// Where stepping halts: by layer, by neuron, or product by product. The mirror of steps.py.
// A position is {step, within}; within is [] at the end of a step, [u] after its unit u, [u, k] after the
// first k products of that unit's sum, both counted from 1.

const END = 1000;

export const isCounted = (stop) => ["z", "a", "p"].includes(stop.kind);

/** Every position that stepping by the view's grain halts at, in order. */
export function positions(view) {
  return view.stops.flatMap((stop, i) => {
    const inside = view.grain === "layer" || !isCounted(stop) ? [] : partsOf(view, stop);
    return [...inside, []].map((within) => ({ step: i + 1, within }));
  });
}

function partsOf(view, stop) {
  const units = view.sizes[stop.layer];
  return Array.from({ length: units }, (_, n) => n + 1).flatMap((unit) => {
    const bySum = view.grain === "operation" && stop.kind === "z";
    const products = bySum ? liveProducts(view, stop.layer, unit - 1).map((k) => [unit, k]) : [];
    return unit < units ? [...products, [unit]] : products;
  });
}

function liveProducts(view, layer, unit) {
  const source = layer === 1 ? view.seen.x : view.seen.columns[layer - 2].a;
  return view.seen.columns[layer - 1].kernel.flatMap((row, i) => (row[unit] !== 0 && source[i] !== 0 ? [i + 1] : []));
}

function isBefore(a, b) {
  const key = ({ step, within }) => [step, within[0] ?? END, within[1] ?? END];
  const [left, right] = [key(a), key(b)];
  const at = left.findIndex((value, i) => value !== right[i]);
  return at >= 0 && left[at] < right[at];
}

/** The changes that go one step back and one forward; null at an end. By neuron or operation the unit that is
    computed is pinned. */
export function neighbors(view) {
  const all = positions(view);
  const to = (position) => (position ? { ...position, ...follow(view, position) } : null);
  return [to(all.findLast((p) => isBefore(p, view))), to(all.find((p) => isBefore(view, p)))];
}

function follow(view, { step, within }) {
  const stop = view.stops[step - 1];
  if (view.grain === "layer" || !isCounted(stop)) return {};
  return { focus: { layer: stop.layer, unit: (within[0] ?? view.sizes[stop.layer]) - 1 } };
}

/** The change that another grain makes: what it cannot stand in is completed. */
export function grainChange(state, grain) {
  const fits = grain === "operation" || (grain === "neuron" && state.within.length < 2);
  return { grain, within: fits ? state.within : [] };
}

/** Reads 2, 2.3 or 2.3.4; null when there is no such position. */
export function readPosition(data, sizes, text) {
  if (!/^\d{1,3}(\.\d{1,2}){0,2}$/.test(text ?? "")) return null;
  const [step, ...within] = text.split(".").map(Number);
  const stop = data.stops[step - 1];
  if (!stop || within.length === 0) return stop ? { step, within } : null;
  const [unit, product] = within;
  if (!isCounted(stop) || unit < 1 || unit > sizes[stop.layer]) return null;
  if (product === undefined) return { step, within: unit < sizes[stop.layer] ? within : [] };
  return stop.kind === "z" && product >= 1 && product <= sizes[stop.layer - 1] ? { step, within } : null;
}
