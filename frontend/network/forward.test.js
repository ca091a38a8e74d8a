import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ACTIVATIONS, forward } from "./forward.js";

const animals = JSON.parse(
  readFileSync(new URL("../../content/neural-networks/networks/animals.json", import.meta.url), "utf8"),
);
const layers = animals.weights.W.map((kernel, k) => ({
  kernel,
  bias: animals.weights.b[k],
  activation: k === 2 ? "softmax" : "relu",
}));

test("the llama is a llama", () => {
  const { columns } = forward(layers, animals.presets.llama);
  assert.deepEqual(columns[2].z, [-2.5, -1, 1.5, -2]);
  assert.deepEqual(columns[2].a.map((p) => p.toFixed(6)), ["0.016200", "0.072603", "0.884488", "0.026709"]);
});

test("softmax and sigmoid survive large sums", () => {
  assert.deepEqual(ACTIVATIONS.softmax([1000, 0]), [1, 0]);
  assert.deepEqual(ACTIVATIONS.sigmoid([-1000, 1000]), [0, 1]);
});

test("activations leave the sums alone", () => {
  const z = [-1, 2];
  for (const activation of Object.values(ACTIVATIONS)) activation(z);
  assert.deepEqual(z, [-1, 2]);
});
