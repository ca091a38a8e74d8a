// Points as lines of a table, `x,y,class`: read, added, taken away. The text is the truth; the plane shows it.
export const HEAD = "x,y,class";
const LINE = /^\s*(-?\d*\.?\d+)\s*,\s*(-?\d*\.?\d+)\s*,\s*("[^"]*"|[^",]*?)\s*$/;

/** The points of a text: [{x, y, name, line}], with the line they stand on; other lines are left alone. */
export function read(text) {
  return text.split("\n").flatMap((row, line) => {
    const found = LINE.exec(row);
    return found ? [{ x: Number(found[1]), y: Number(found[2]), name: found[3], line }] : [];
  });
}

/** What the two classes are called: as in the text, `positive` and `negative` where it says nothing else. */
export function names(points) {
  const seen = [...new Set(points.map((point) => point.name))];
  const positive = seen.includes("positive") || !seen.length ? "positive" : seen[0];
  return { positive, negative: seen.find((name) => name !== positive) ?? "negative" };
}

export function added(text, x, y, name) {
  const kept = text.trimEnd() || HEAD;
  return `${kept}\n${tidy(x)},${tidy(y)},${name}\n`;
}

/** Without the point nearest to a place, if one is within reach; otherwise as it was. */
export function erased(text, x, y, reach = 0.5) {
  const far = (point) => Math.hypot(point.x - x, point.y - y);
  const [nearest] = read(text).sort((one, other) => far(one) - far(other));
  if (!nearest || far(nearest) > reach) return text;
  return text
    .split("\n")
    .filter((_, line) => line !== nearest.line)
    .join("\n");
}

const tidy = (value) => Number(Math.min(Math.max(value, -6), 6).toFixed(2));
