import assert from "node:assert/strict";
import { test } from "node:test";
import { neighbor } from "./keys.js";

const ys = [[10, 20, 30, 40], [15, 35], [25]];

test("up and down stay in the layer and stop at its ends", () => {
  assert.deepEqual(neighbor(ys, { layer: 0, unit: 0 }, "ArrowUp"), { layer: 0, unit: 0 });
  assert.deepEqual(neighbor(ys, { layer: 0, unit: 1 }, "ArrowDown"), { layer: 0, unit: 2 });
  assert.deepEqual(neighbor(ys, { layer: 0, unit: 1 }, "End"), { layer: 0, unit: 3 });
  assert.deepEqual(neighbor(ys, { layer: 0, unit: 1 }, "Home"), { layer: 0, unit: 0 });
});

test("left and right go to the nearest unit of the next layer", () => {
  assert.deepEqual(neighbor(ys, { layer: 0, unit: 3 }, "ArrowRight"), { layer: 1, unit: 1 });
  assert.deepEqual(neighbor(ys, { layer: 1, unit: 0 }, "ArrowLeft"), { layer: 0, unit: 0 });
});

test("keys that lead nowhere say so", () => {
  assert.equal(neighbor(ys, { layer: 2, unit: 0 }, "ArrowRight"), null);
  assert.equal(neighbor(ys, { layer: 0, unit: 0 }, "q"), null);
});
