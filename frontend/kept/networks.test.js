import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, forgetNetworks, Shelf } from "./networks.js";

/** As a browser's Storage behaves: what is kept are its own properties. */
class Storage {
  getItem(key) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }

  setItem(key, value) {
    this[key] = String(value);
  }

  removeItem(key) {
    delete this[key];
  }
}

const HERE = "/challenges/gate/";
const WRITTEN = { source: "Dense(1)", weights: { "w-0": "0.5" } };
const shelf = (store, person = "7") => new Shelf(() => store, person);

test("what was written is there again, for the same person at the same address", () => {
  const store = new Storage();
  shelf(store).keep(HERE, WRITTEN);
  assert.equal(shelf(store).at(HERE).source, "Dense(1)");
  assert.deepEqual(shelf(store).at(HERE).weights, { "w-0": "0.5" });
  assert.equal(shelf(store).at("/lab/"), null);
  assert.equal(shelf(store, "8").at(HERE), null);
});

test("what arrived is forgotten, what was not sent stays", () => {
  const store = new Storage();
  shelf(store).keep(HERE, WRITTEN);
  shelf(store).arrivedFrom(HERE);
  assert.equal(shelf(store).at(HERE).source, "Dense(1)");
  shelf(store).keep(HERE, WRITTEN, true);
  shelf(store).arrivedFrom(HERE);
  assert.equal(shelf(store).at(HERE), null);
});

test("the oldest go when there are more than twenty", () => {
  const store = new Storage();
  for (let number = 0; number < 25; number += 1) shelf(store).keep(`/lab/?n=${number}`, WRITTEN);
  assert.equal(Object.keys(store).length, 20);
  assert.notEqual(shelf(store).at("/lab/?n=24"), null);
});

test("signing out forgets networks and nothing else", () => {
  const store = new Storage();
  store.setItem("theme", "dark");
  shelf(store).keep(HERE, WRITTEN);
  forgetNetworks(store);
  assert.deepEqual(Object.keys(store), ["theme"]);
});

test("a browser that keeps nothing is no fault", () => {
  const none = new Shelf(() => {
    throw new Error("denied");
  }, "7");
  none.keep(HERE, WRITTEN);
  assert.equal(none.at(HERE), null);
});

test("an address is a path and what is asked of it", () => {
  assert.equal(addressOf(new URL("https://school.example/lab/?starter=perceptron#share")), "/lab/?starter=perceptron");
});
