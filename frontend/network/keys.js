// The keyboard in the figure: one tab stop for all units, arrows between them, and a few keys of its own.
// Left and Right change the layer, Up and Down the unit, Home and End its first and last; Enter and Space pin;
// e goes to the list of its weights, [ and ] step, k plays, p pins, Escape goes one level up.

/** The unit that an arrow leads to; the nearest in height when the layer changes. */
export function neighbor(ys, { layer, unit }, key) {
  const units = ys[layer].length;
  if (key === "ArrowUp") return { layer, unit: Math.max(0, unit - 1) };
  if (key === "ArrowDown") return { layer, unit: Math.min(units - 1, unit + 1) };
  if (key === "Home") return { layer, unit: 0 };
  if (key === "End") return { layer, unit: units - 1 };
  const next = key === "ArrowLeft" ? layer - 1 : key === "ArrowRight" ? layer + 1 : -1;
  if (next < 0 || next >= ys.length) return null;
  const distances = ys[next].map((y) => Math.abs(y - ys[layer][unit]));
  return { layer: next, unit: distances.indexOf(Math.min(...distances)) };
}

/** Handles keys inside the figure. `figure` offers pin, unpin, move, go, editUnit, unitOf. */
export class Keys {
  constructor(figure, hasShortcuts) {
    this.figure = figure;
    this.hasShortcuts = hasShortcuts;
  }

  handle(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input, textarea, select")) return;
    const node = event.target.closest("[data-n]");
    if ((node && this.#onNode(event.key, node)) || this.#anywhere(event.key, node)) event.preventDefault();
  }

  #onNode(key, node) {
    const [layer, unit] = node.dataset.n.split(".").map(Number);
    if (key === " ") this.figure.pin({ layer, unit });
    else if (key === "Escape") return this.figure.unpin();
    else return this.figure.move({ layer, unit }, key);
    return true;
  }

  #anywhere(key, node) {
    if (!this.hasShortcuts) return false;
    if (key === "[") this.figure.go("back");
    else if (key === "]") this.figure.go("forward");
    else if (key === "k") this.figure.go("play");
    else if (key === "e") this.figure.editUnit(node);
    else if (key === "p" && node) this.figure.pin(this.figure.unitOf(node));
    else return false;
    return true;
  }
}
