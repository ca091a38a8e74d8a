// A square of cells as paths, one for each level: the rule of course/figures/strips.py, which a test compares.
const LEVELS = 6;

/** The path of each level from 0 to 5; `levels` has a digit for each cell of a square, row by row from the top. */
export function bandsOf(levels) {
  const side = Math.round(Math.sqrt(levels.length));
  const paths = Array(LEVELS).fill("");
  for (let row = 0; row < side; row++) {
    for (let start = row * side, end = start; start < (row + 1) * side; start = end) {
      while (end < (row + 1) * side && levels[end] === levels[start]) end++;
      paths[levels[start]] += `M${start - row * side} ${row}h${end - start}v1h-${end - start}z`;
    }
  }
  return paths;
}
