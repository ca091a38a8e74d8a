import assert from "node:assert/strict";
import { test } from "node:test";
import { pause, queryOf } from "./pace.js";

test("a fragment of the original becomes a query", () => {
  assert.equal(queryOf("#activation=tanh&networkShape=4,2&seed=0.43"), "?activation=tanh&networkShape=4,2&seed=0.43");
});

test("a place on the page is no query", () => {
  assert.equal(queryOf(""), "");
  assert.equal(queryOf("#layers"), "");
});

test("at most four pieces a second are asked for", () => {
  assert.ok(pause(20) + 20 >= 250);
});

test("a busy site is asked less often", () => {
  assert.equal(pause(500), 1000);
});
