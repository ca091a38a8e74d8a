import assert from "node:assert/strict";
import test from "node:test";
import { offered } from "./completion.js";

const WORDS = [
  {
    name: "Dense",
    family: "core",
    doc: "Each unit sums all inputs.",
    arguments: [
      { name: "units", default: "", doc: "How many.", values: [] },
      { name: "activation", default: '"linear"', doc: "What follows.", values: ["None", "relu"] },
    ],
  },
  { name: "fit", family: "model", doc: "Trains.", arguments: [{ name: "epochs", default: "1", doc: "", values: [] }] },
];
const place = (given) => ({ callee: "", argument: "", used: [], quote: "", ...given });
const labels = (given) => offered(WORDS, place(given)).map((option) => option.label);

test("in a list there are layers, but no methods", () => {
  assert.deepEqual(labels({}), ["Dense"]);
  assert.equal(offered(WORDS, place({}))[0].info, "Each unit sums all inputs.");
});

test("in a call there are the arguments that are not there yet", () => {
  assert.deepEqual(labels({ callee: "Dense", used: ["units"] }), ["activation"]);
  assert.equal(offered(WORDS, place({ callee: "Dense" }))[0].detail, " required");
  assert.deepEqual(labels({ callee: "fit" }), ["epochs"]);
});

test("a value is quoted where no quote is open", () => {
  const [none, relu] = offered(WORDS, place({ callee: "Dense", argument: "activation" }));
  assert.deepEqual([none.label, none.apply, relu.apply], ["None", undefined, '"relu"']);
  assert.deepEqual(labels({ callee: "Dense", argument: "activation", quote: "'" }), ["relu"]);
});

test("unknown calls and numbers complete nothing", () => {
  assert.deepEqual(labels({ callee: "print" }), []);
  assert.deepEqual(labels({ callee: "Dense", argument: "units" }), []);
});
