import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, lineAt, pieces } from "./lines.js";

const lines = [
  { from: 0, to: 2 },
  { from: 2, to: 4 },
  { from: 6, to: 9 },
];

test("a line is spoken from its beginning until just before its end", () => {
  assert.deepEqual([0, 1.9, 2, 4, 5, 6, 8.9, 9].map((time) => lineAt(lines, time)), [0, 0, 1, -1, -1, 2, 2, -1]);
});

test("a text falls into what is wanted and what is not, whatever the case", () => {
  assert.deepEqual(pieces("A layer on a layer", " LAYER "), [
    ["A ", false],
    ["layer", true],
    [" on a ", false],
    ["layer", true],
  ]);
  assert.deepEqual(pieces("Layers", "neuron"), [["Layers", false]]);
  assert.deepEqual(pieces("Layers", " "), [["Layers", false]]);
});

test("where small letters have another length, the text is found whole", () => {
  assert.deepEqual(pieces("İstanbul layer", "layer"), [["İstanbul layer", true]]);
});

test("time is told in hours, minutes and seconds", () => {
  assert.deepEqual([0, 65.9, 600, 3725].map(clock), ["0:00", "1:05", "10:00", "1:02:05"]);
});
