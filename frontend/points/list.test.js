import assert from "node:assert/strict";
import { test } from "node:test";
import { added, erased, names, read } from "./list.js";

test("lines of a table are points", () => {
  assert.deepEqual(read("x,y,class\n1.5,-2,a\nno point\n-.5, 3 ,b"), [
    { x: 1.5, y: -2, name: "a", line: 1 },
    { x: -0.5, y: 3, name: "b", line: 3 },
  ]);
});

test("a point is added as a line, within the plane", () => {
  assert.equal(added("", 1.234, 7, "positive"), "x,y,class\n1.23,6,positive\n");
  assert.equal(added("x,y,class\n1,2,a\n\n", 0, 0, "b"), "x,y,class\n1,2,a\n0,0,b\n");
});

test("the nearest point is taken away, and none that is far", () => {
  assert.equal(erased("x,y,class\n1,1,a\n2,2,a", 1.9, 2), "x,y,class\n1,1,a");
  assert.equal(erased("1,1,a", 3, 3), "1,1,a");
  assert.equal(erased("", 0, 0), "");
});

test("classes keep their names", () => {
  assert.deepEqual(names(read("1,1,cat\n2,2,dog")), { positive: "cat", negative: "dog" });
  assert.deepEqual(names(read("1,1,negative\n2,2,positive")), { positive: "positive", negative: "negative" });
  assert.deepEqual(names([]), { positive: "positive", negative: "negative" });
});
