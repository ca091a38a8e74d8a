// Runs the browser's side of the figure on cases from standard input, for test_mirror.py.
import { readFileSync } from "node:fs";
import { stateFrom, writeAddress, readAddress } from "../../../frontend/network/address.js";
import { comparisonOf } from "../../../frontend/network/comparison.js";
import { inputCode, matrixOf, resultOf } from "../../../frontend/network/matrices.js";
import { valueTexts } from "../../../frontend/network/panel.js";
import { draw } from "../../../frontend/network/scene.js";
import { reckoning } from "../../../frontend/network/prediction.js";
import { neighbors } from "../../../frontend/network/steps.js";
import { makeView } from "../../../frontend/network/view.js";
import { sumOf } from "../../../frontend/network/waterfall.js";
import * as words from "../../../frontend/network/words.js";

function everything({ data, deep }) {
  const state = stateFrom(data, data.state);
  const view = makeView(data, state);
  const columns = view.seen.columns.map(({ z, a }) => ({ z, a }));
  if (!deep) return { columns };
  const [before, after] = neighbors(view);
  const linkTo = (change) => writeAddress(data, { ...state, ...change }, "");
  const address = writeAddress(data, state, "?tab=text");
  return {
    columns,
    scenes: data.layouts.map((layout) => draw(view, layout)),
    sum: state.focus && state.focus.layer > 0 ? sumOf(view, state.focus) : null,
    headline: words.headline(view),
    label: words.groupLabel(view),
    sentence: words.stepSentence(view),
    position: words.positionNote(view),
    back: linkTo(before),
    forward: linkTo(after),
    phrases: state.focus ? words.sumSentence(view, state.focus) : null,
    units: view.sizes.flatMap((units, layer) =>
      Array.from({ length: units }, (_, unit) => words.unitLabel(view, { layer, unit })),
    ),
    values: view.sizes.flatMap((units, layer) =>
      Array.from({ length: units }, (_, unit) => valueTexts(view, layer, unit)),
    ),
    matrices: [false, true].map((isColumns) => matrixOf(view, isColumns)),
    results: view.stops.map((stop) => resultOf(view, stop)),
    inputs: [false, true].map((isColumns) => inputCode(view, isColumns)),
    comparison: comparisonOf(view),
    reckoning: reckoning(view),
    address,
    again: readAddress(data, address, stateFrom(data, data.start)),
    state,
  };
}

const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(everything)));
