import assert from "node:assert/strict";
import { test } from "node:test";
import { reached } from "./place.js";

const at = (...tops) => tops.map((top) => ({ top, getBoundingClientRect: () => ({ top }) }));

test("the place is the last heading above the reading line", () => {
  assert.equal(reached(at(-400, 120, 900), 300).top, 120);
  assert.equal(reached(at(-400, -300, -200), 300).top, -200);
  assert.equal(reached(at(500, 900), 300), null);
  assert.equal(reached([], 300), null);
});
