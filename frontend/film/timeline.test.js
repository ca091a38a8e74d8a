import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, lengthOf, placeAt, withTimes } from "./timeline.js";

const scenes = withTimes([
  { seconds: 4, states: ["a"] },
  { seconds: 6, states: ["b", "c", "d"] },
]);

test("scenes follow each other", () => {
  assert.deepEqual(scenes.map((scene) => scene.at), [0, 4]);
  assert.equal(lengthOf(scenes), 10);
});

test("the states of a scene share its seconds", () => {
  assert.deepEqual(placeAt(scenes, 0), { scene: 0, state: 0 });
  assert.deepEqual(placeAt(scenes, 3.9), { scene: 0, state: 0 });
  assert.deepEqual(placeAt(scenes, 4), { scene: 1, state: 0 });
  assert.deepEqual(placeAt(scenes, 6), { scene: 1, state: 1 });
  assert.deepEqual(placeAt(scenes, 9.9), { scene: 1, state: 2 });
});

test("at the end the last state stays", () => {
  assert.deepEqual(placeAt(scenes, 10), { scene: 1, state: 2 });
});

test("time is told in minutes and seconds", () => {
  assert.deepEqual([0, 9.9, 65, 600].map(clock), ["0:00", "0:09", "1:05", "10:00"]);
});
