import assert from "node:assert/strict";
import { test } from "node:test";
import { fixed, insideNode, short, typed } from "./numbers.js";

test("numbers have a true minus and no minus zero", () => {
  assert.equal(fixed(-1.25, 1), "−1.3");
  assert.equal(fixed(-0.001), "0.00");
  assert.equal(fixed(2, 1, true), "+2.0");
  assert.equal(short(-2.5), "−2.5");
  assert.equal(short(100), "100");
});

test("a node holds four characters", () => {
  assert.equal(insideNode(-2.875), "−2.9");
  assert.equal(insideNode(12.34), "12.3");
  assert.equal(insideNode(-12345), "−12k");
});

test("typed numbers take a comma and either minus, and nothing clever", () => {
  assert.equal(typed(" 0,5 "), 0.5);
  assert.equal(typed("−2"), -2);
  assert.equal(typed("−3/4"), -0.75);
  for (const text of ["", "1e3", "NaN", "Infinity", "0x10", "1_0", "1.", "--1", "1/0", "1/2/3"]) assert.equal(typed(text), null);
});
