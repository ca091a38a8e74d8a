// <network-figure>: makes the server's figure live. The markup is complete without it; every control is a link.
import { isEqual, readAddress, stateFrom, writeAddress } from "./address.js";
import { Comparison, comparisonOf } from "./comparison.js";
import { connectCues } from "./cues.js";
import { EditList } from "./editlist.js";
import { Inputs } from "./inputs.js";
import { Keys, neighbor } from "./keys.js";
import { Matrices } from "./matrices.js";
import { updatePage } from "./page.js";
import { Panel } from "./panel.js";
import { Prediction, asked, settled } from "./prediction.js";
import { Sheet } from "./sheet.js";
import { grainChange, neighbors } from "./steps.js";
import { Strip } from "./strip.js";
import { makeView } from "./view.js";
import { termsOf } from "./waterfall.js";
import * as words from "./words.js";

const PLAY_PAUSES = { layer: 1400, neuron: 900, operation: 600 };
const SAY_PAUSE = 350;

export class NetworkFigure extends HTMLElement {
  #timer = null;
  #saying = null;
  #cursor = null;

  connectedCallback() {
    if (this.data) return;
    this.data = JSON.parse(this.querySelector('script[type="application/json"]').textContent);
    this.state = stateFrom(this.data, this.data.state);
    this.panel = new Panel(this);
    this.sheets = this.data.layouts.map(
      (layout) => new Sheet(this.querySelector(`[data-sheet="${layout.name}"]`), layout),
    );
    const strip = this.querySelector("[data-strip]");
    this.strip = strip && new Strip(strip, this.querySelector("figure"));
    const form = this.querySelector("[data-inputs]");
    this.inputs = form && new Inputs(form, this.data, (x) => this.change({ x }));
    const edit = this.querySelector("[data-edit]");
    this.edit = edit && new EditList(edit, this);
    const matrices = this.querySelector("[data-matrices]");
    this.matrices = matrices && new Matrices(matrices);
    const comparison = this.querySelector("[data-part=compare]");
    this.comparison = comparison && new Comparison(comparison);
    const predict = this.querySelector("[data-part=predict]");
    this.prediction = predict && new Prediction(predict, this);
    this.playButton = this.querySelector('[data-go="play"]');
    const hasShortcuts = this.dataset.shortcuts === "on";
    this.#listen(new Keys(this, hasShortcuts));
    if (hasShortcuts) this.#showShortcuts();
    this.#cursor = this.state.focus ?? { layer: 0, unit: 0 };
    this.render(this.state);
    if (this.querySelector(".stops")) connectCues(this);
  }

  disconnectedCallback() {
    this.#stop();
  }

  /** Changes the state, the drawing and the address; says in one sentence what is new. */
  change(change, { push = false, line = null, isStep = false, isQuiet = false } = {}) {
    for (const note of this.querySelectorAll(".figure-note")) note.remove();
    const isOther = "x" in change || "edits" in change;
    const guess = isOther && !("guess" in change) ? asked(this.state.guess) : this.state.guess;
    this.state = { ...this.state, guess, ...change };
    this.state.guess = settled(this.data, this.state);
    const view = this.render(this.state);
    const address = writeAddress(this.data, this.state, location.search) + location.hash;
    history[push ? "pushState" : "replaceState"](null, "", address);
    if (!isQuiet) this.#say(told(view, isStep ? {} : change, line));
    this.dispatchEvent(new CustomEvent("figure-change", { bubbles: true, detail: this.state }));
  }

  /** Draws a state without keeping it. */
  render(state) {
    const view = makeView(this.data, state);
    const linkTo = (change) => writeAddress(this.data, { ...state, ...change }, location.search) + `#${this.anchor}`;
    const label = words.groupLabel(view);
    for (const sheet of this.sheets) sheet.update(view, (focus) => linkTo({ focus }), label);
    this.panel.update(view, linkTo);
    this.inputs?.update(state.x);
    this.edit?.update(view);
    this.prediction?.update(view, linkTo);
    this.comparison?.update(view, linkTo);
    this.matrices?.update(view);
    this.strip?.update(view);
    this.#updateKeys(view, linkTo);
    this.#rove();
    updatePage(view);
    return view;
  }

  /** Shows a state told in the server's words, and says nothing. start: what an address may leave out from now on. */
  show(told, start) {
    this.#stop();
    this.data.start = start;
    this.state = stateFrom(this.data, told);
    this.#cursor = this.state.focus ?? this.#cursor;
    this.render(this.state);
  }

  get anchor() {
    return this.querySelector("figure").id;
  }

  /** Pins a unit, or lets it go when it is the pinned one. */
  pin(focus) {
    this.#cursor = focus;
    this.change({ focus: this.state.focus && isEqual(idOf(this.state.focus), idOf(focus)) ? null : focus });
  }

  /** Lets the pinned unit go; false when there is none. */
  unpin() {
    if (this.state.focus === null) return false;
    this.change({ focus: null });
    return true;
  }

  /** Moves the keyboard from a unit to its neighbor; false when the key leads nowhere. */
  move(from, key) {
    const next = neighbor(this.sheets[0].layout.ys, from, key);
    if (next === null) return key.startsWith("Arrow");
    this.#cursor = next;
    this.#rove();
    this.#shownSheet().link(next.layer, next.unit).focus();
    return true;
  }

  unitOf(node) {
    const [layer, unit] = node.dataset.n.split(".").map(Number);
    return { layer, unit };
  }

  /** Goes to the weights of the pinned unit; pins the one under the keyboard first when none is. */
  editUnit(node) {
    if (node && !(this.state.focus?.layer > 0)) this.pin(this.unitOf(node));
    if (this.state.focus?.layer > 0) this.edit?.open("0");
  }

  /** Brings the keyboard back to the pinned unit. */
  toUnit() {
    const { layer, unit } = this.state.focus;
    this.#cursor = this.state.focus;
    this.#rove();
    this.#shownSheet().link(layer, unit).focus();
  }

  /** back, forward, play or overview. */
  go(where) {
    if (where === "play") {
      if (this.#timer) this.#stop();
      else this.#play();
      return;
    }
    this.#stop();
    if (where === "overview") this.change({ focus: null });
    else if (where === "predict") this.prediction.open();
    else if (where === "unpredict") this.prediction.close();
    else if (where === "compare") this.#compare();
    else if (where === "uncompare") this.#stopComparing();
    else if (where === "reset") this.change({ edits: [] });
    else this.#stepBy(where === "back" ? -1 : 1);
  }

  /** Pins the run that is shown; the keyboard goes on with what ends the comparison. */
  #compare() {
    const { x, edits } = this.state;
    this.change({ pinned: { x, edits } });
    this.comparison.stop.focus();
  }

  #stopComparing() {
    this.change({ pinned: null });
    this.querySelector('[data-go="compare"]').focus();
  }

  #stepBy(by) {
    const [before, after] = neighbors(makeView(this.data, this.state));
    const change = by < 0 ? before : after;
    if (change) this.change(change, { isStep: true });
  }

  get #isAtEnd() {
    return this.state.step === this.data.stops.length && this.state.within.length === 0;
  }

  #play() {
    const isAtEnd = this.#isAtEnd;
    this.#showPlaying(true);
    this.#timer = setInterval(() => this.#tick(), PLAY_PAUSES[this.state.grain]);
    if (isAtEnd) this.change({ step: 1, within: [] });
    else this.#tick();
  }

  #tick() {
    this.#stepBy(1);
    if (this.#isAtEnd) this.#stop();
  }

  #stop() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#showPlaying(false);
  }

  #showPlaying(isPlaying) {
    this.playButton?.setAttribute("aria-pressed", String(isPlaying));
  }

  #listen(keys) {
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("keydown", (event) => keys.handle(event));
    this.addEventListener("focusin", (event) => this.#entered(event.target));
    window.addEventListener("popstate", () => {
      this.#stop();
      this.state = readAddress(this.data, location.search, stateFrom(this.data, this.data.start));
      this.render(this.state);
      this.dispatchEvent(new CustomEvent("figure-change", { bubbles: true, detail: this.state }));
    });
  }

  #clicked(event) {
    if (event.defaultPrevented || event.button > 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = event.target.closest("[data-n], [data-step], [data-at], [data-grain], [data-preset], [data-go], [data-reset], [data-t]");
    if (!target || (target.dataset.t && target.closest("[data-edit]"))) return;
    event.preventDefault();
    const { n, at, step = at, grain, preset, go, reset, t } = target.dataset;
    if (t) this.#editTerm(t);
    else if (reset) this.edit.reset(target);
    else if (n) this.pin(this.unitOf(target));
    else if (go) this.go(go);
    else {
      this.#stop();
      if (grain) this.change(grainChange(this.state, grain));
      else this.change(step ? { step: Number(step), within: [] } : { x: this.data.presets[preset] });
    }
  }

  #entered(target) {
    const node = target.closest("[data-n]");
    if (node) {
      this.#cursor = this.unitOf(node);
      this.#rove();
    }
    const key = target.matches("[name=to]") ? target.closest("[data-t]").dataset.t : "";
    if (!/^\d+$/.test(key)) return;
    const view = makeView(this.data, this.state);
    this.#say(words.termLabel(termsOf(view, view.focus)[Number(key)], words.unitName(view, view.focus)));
  }

  /** A line, its number or its column in the sum was clicked. */
  #editTerm(key) {
    if (key !== "z" && this.edit) this.edit.open(key);
  }

  /** One tab stop: only the unit under the keyboard can be reached with Tab. */
  #rove() {
    const here = `${this.#cursor.layer}.${this.#cursor.unit}`;
    for (const sheet of this.sheets) {
      for (const [key, link] of sheet.nodes) link.setAttribute("tabindex", key === here ? "0" : "-1");
    }
  }

  #shownSheet() {
    return this.sheets.find((sheet) => sheet.isShown) ?? this.sheets[0];
  }

  #updateKeys(view, linkTo) {
    const back = this.querySelector('[data-go="back"]');
    const forward = this.querySelector('[data-go="forward"]');
    if (!back) return;
    const [before, after] = neighbors(view);
    back.href = linkTo(before ?? {});
    forward.href = linkTo(after ?? {});
  }

  #showShortcuts() {
    for (const [where, key] of [["back", "["], ["play", "k"], ["forward", "]"]]) {
      const control = this.querySelector(`[data-go="${where}"]`);
      control?.setAttribute("aria-keyshortcuts", key);
      if (control) control.title = `${control.getAttribute("aria-label")} (${key})`;
    }
  }

  #say(sentence) {
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => {
      this.panel.parts.live.textContent = sentence;
    }, SAY_PAUSE);
  }
}

/** The sentence for the screen reader: what was edited, the pinned unit's sum, or the step. */
function told(view, change, line) {
  const compared = comparisonOf(view);
  if (compared && ("x" in change || "pinned" in change)) return compared.sentence;
  if (line) return words.editSentence(view, line);
  return change.focus ? words.plain(words.sumSentence(view, view.focus)) : words.stepSentence(view);
}

function idOf(focus) {
  return [focus.layer, focus.unit];
}

customElements.define("network-figure", NetworkFigure);
