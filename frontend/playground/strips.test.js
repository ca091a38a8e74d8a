import assert from "node:assert/strict";
import { test } from "node:test";
import { bandsOf } from "./strips.js";

test("cells of one level are strips of one path", () => {
  assert.deepEqual(bandsOf("003542134"), [
    "M0 0h2v1h-2z",
    "M0 2h1v1h-1z",
    "M2 1h1v1h-1z",
    "M2 0h1v1h-1zM1 2h1v1h-1z",
    "M1 1h1v1h-1zM2 2h1v1h-1z",
    "M0 1h1v1h-1z",
  ]);
});

test("a map of one level is a strip for each row", () => {
  assert.deepEqual(bandsOf("5555"), ["", "", "", "", "", "M0 0h2v1h-2zM0 1h2v1h-2z"]);
});
