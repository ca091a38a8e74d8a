// Which kept epoch is meant.

/** The kept epoch that stands `by` places from the one shown. `epochs` ascend. */
export function beside(epochs, shown, by) {
  const place = epochs.findLastIndex((epoch) => epoch <= shown);
  return epochs[Math.min(Math.max(place + by, 0), epochs.length - 1)] ?? 0;
}
