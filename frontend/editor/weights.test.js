import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOf } from "./weights.js";

const MATRIX = [
  ["1", "-2"],
  ["0.5", "3"],
];

for (const [from, text] of Object.entries({
  "a spreadsheet": "1\t-2\n0.5\t3\n",
  CSV: "1, -2\n0.5;3",
  Python: "[[1, -2], [0.5, 3]]",
  NumPy: "[[ 1.  -2. ]\n [ 0.5  3. ]]",
})) {
  test(`a matrix from ${from} is read row by row`, () => {
    assert.deepEqual(rowsOf(text), MATRIX);
  });
}

test("one number is one number", () => assert.deepEqual(rowsOf(" 0.75 "), [["0.75"]]));
test("a decimal comma survives semicolons", () => assert.deepEqual(rowsOf("0,5;-3"), [["0,5", "-3"]]));
test("nothing is nothing", () => assert.deepEqual(rowsOf("  "), []));
