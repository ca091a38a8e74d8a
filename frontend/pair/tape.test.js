import assert from "node:assert/strict";
import { test } from "node:test";
import { beside } from "./tape.js";

const KEPT = [0, 4, 8, 11];

test("the kept epochs before and after", () => {
  assert.equal(beside(KEPT, 4, 1), 8);
  assert.equal(beside(KEPT, 4, -1), 0);
  assert.equal(beside(KEPT, 8, 1), 11);
});

test("at the ends it stays", () => {
  assert.equal(beside(KEPT, 0, -1), 0);
  assert.equal(beside(KEPT, 11, 1), 11);
  assert.equal(beside([], 3, 1), 0);
});

test("between two kept epochs the earlier one is shown", () => {
  assert.equal(beside(KEPT, 6, 0), 4);
});
