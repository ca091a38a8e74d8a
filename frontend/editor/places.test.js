import assert from "node:assert/strict";
import test from "node:test";
import { Text } from "@codemirror/state";
import { rangeOf } from "./places.js";

const doc = (text) => Text.of(text.split("\n"));
const place = (line, column, end_line, end_column) => ({ line, column, end_line, end_column });

test("a range on one line", () => {
  assert.deepEqual(rangeOf(doc("ab\nDense(unit=6)"), place(2, 7, 2, 11)), { from: 9, to: 13 });
});

test("columns count code points, not UTF-16 units", () => {
  assert.deepEqual(rangeOf(doc('"\u{1F40C}", unit'), place(1, 6, 1, 10)), { from: 6, to: 10 });
});

test("a place after the end is brought back into the text", () => {
  assert.deepEqual(rangeOf(doc("ab"), place(9, 9, 9, 9)), { from: 1, to: 2 });
});

test("an empty range marks the next character, at the end of a line the last", () => {
  assert.deepEqual(rangeOf(doc("abc"), place(1, 2, 1, 2)), { from: 1, to: 2 });
  assert.deepEqual(rangeOf(doc("abc"), place(1, 4, 1, 4)), { from: 2, to: 3 });
});

test("an empty text has nothing to mark", () => {
  assert.deepEqual(rangeOf(doc(""), place(1, 1, 1, 1)), { from: 0, to: 0 });
});
