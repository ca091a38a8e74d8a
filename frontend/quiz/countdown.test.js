import assert from "node:assert/strict";
import { test } from "node:test";
import { Countdown, due, face } from "./countdown.js";

test("seconds left go by milliseconds since the page began, and never below none", () => {
  const countdown = new Countdown(90, 1000);
  assert.deepEqual([1000, 31000, 91000, 999000].map((now) => countdown.left(now)), [90, 60, 0, 0]);
});

test("the server's word replaces the count, be it less or more", () => {
  const countdown = new Countdown(90, 0);
  countdown.sync(20, 30000);
  assert.equal(countdown.left(35000), 15);
  countdown.sync(600, 40000);
  assert.equal(countdown.left(40000), 600);
});

test("each warning is due once, the latest that applies", () => {
  assert.equal(due(301, Infinity), null);
  assert.equal(due(300, Infinity)[0], 300);
  assert.equal(due(299, 300), null);
  assert.equal(due(60, 300)[0], 60);
  assert.equal(due(12, Infinity)[0], 20);
  assert.equal(due(12, 20), null);
  assert.equal(due(0, 60), null);
});

test("a page that opens late is told no more time than there is", () => {
  assert.deepEqual(due(299.5, Infinity), [300, "5 minutes left."]);
  assert.deepEqual(due(119, Infinity), [300, "Less than 5 minutes left."]);
  assert.equal(due(12, Infinity)[1], "Less than 20 seconds left. What you typed is sent by itself at the end.");
});

test("the face counts a second until it is over", () => {
  assert.deepEqual(
    [3723, 754, 60.2, 6.01, 0.4, 0].map(face),
    ["1:02:03 left", "12:34 left", "1:01 left", "0:07 left", "0:01 left", "0:00 left"],
  );
});
