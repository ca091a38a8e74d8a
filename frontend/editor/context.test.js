import assert from "node:assert/strict";
import test from "node:test";
import { contextAt } from "./context.js";

const HEAD = "from keras.layers import Dense  # it's (one\nmodel = Sequential([\n    ";

test("a word in a list of layers stands in no call", () => {
  assert.deepEqual(contextAt(`${HEAD}Den`), { word: "Den", callee: "", argument: "", used: [], quote: "" });
});

test("inside a call the used arguments are known", () => {
  const found = contextAt(`${HEAD}Dense(6, input_shape=(8,), acti`);
  assert.deepEqual(found, { word: "acti", callee: "Dense", argument: "", used: ["input_shape"], quote: "" });
});

test("after an equals sign a value is written, in a string or not", () => {
  assert.deepEqual(contextAt(`${HEAD}Dense(6, activation="re`), {
    word: "re",
    callee: "Dense",
    argument: "activation",
    used: [],
    quote: '"',
  });
  assert.equal(contextAt(`${HEAD}Dense(6, use_bias=Fa`).argument, "use_bias");
});

test("a closed call is left again", () => {
  assert.equal(contextAt(`${HEAD}Dense(6, activation="relu"), Dr`).callee, "");
  assert.equal(contextAt('model.compile(optimizer=Adam(0.1), lo').callee, "compile");
});

test("a comment completes nothing", () => {
  assert.equal(contextAt(`${HEAD}Dense(6),  # Den`).quote, "#");
});

test("an escaped quote stays in its string; a broken string ends with its line", () => {
  assert.equal(contextAt("Dense(name='it\\'s', uni").callee, "Dense");
  assert.equal(contextAt("x = 'open\nDense(un").callee, "Dense");
});
