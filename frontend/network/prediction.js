// Predict, then reveal: the mirror of prediction.py, and its form.
import { NIL, fixed, percent } from "./numbers.js";
import * as look from "./view.js";
import * as words from "./words.js";

const SURE = { guess: "a guess", fairly: "fairly sure", certain: "certain" };

/** The first step that tells something of the answer: the output layer's sums. */
export function tellsFrom({ stops }) {
  return stops.findIndex((stop) => stop.layer === stops.at(-1).layer) + 1;
}

/** The guess of a state: open only while nothing tells the answer. */
export function settled(data, { guess, step }) {
  return guess?.choice === null && step >= tellsFrom(data) ? null : guess;
}

/** The guess after other inputs or weights: a committed one does not speak of them. */
export const asked = (guess) => (guess?.choice === null ? guess : null);

export function isSure(text) {
  return Object.hasOwn(SURE, text);
}

/** One line about a committed prediction; empty until the answer is on the page. */
export function reckoning(view) {
  const { guess } = view;
  if (guess === null || guess.choice === null || !look.knowsAnswer(view)) return "";
  const { classes } = view.data;
  const answer = look.answerOf(view);
  const share = percent(view.seen.columns.at(-1).a[answer]);
  const said = `You expected ${classes[guess.choice]}, ${SURE[guess.sure]}`;
  if (guess.choice === answer) return `${said}, and so the network answers, with ${share}. ${reason(view, answer, null)}`;
  return `${said}; the network answers ${classes[answer]}, with ${share}. ${reason(view, answer, guess.choice)}`;
}

function reason(view, answer, rival) {
  const { classes, features } = view.data;
  const lead = view.seen.columns.at(-1).kernel.map((row) => row[answer] - (rival === null ? 0 : row[rival]));
  const [unit, amount] = strongest(lead, look.sourceOf(view, view.last));
  if (amount < NIL) return "Largest reason: the biases; no input speaks for it.";
  let name = words.unitName(view, { layer: view.last - 1, unit });
  if (view.last > 1) {
    const [feature, support] = strongest(pullBack(view.seen.columns.slice(0, -1), unit), view.seen.x);
    name = `${support < NIL ? "the bias" : features[feature]}, through ${name}`;
  }
  if (rival === null) return `Largest reason: ${name}; it adds ${fixed(amount, 2)} to the sum of ${classes[answer]}.`;
  return `Largest reason: ${name}; it puts ${classes[answer]} ${fixed(amount, 2)} ahead of ${classes[rival]}.`;
}

/** For each input, what one of it does for a unit of the last of these columns. */
function pullBack(columns, unit) {
  let pull = columns.at(-1).bias.map((_, place) => (place === unit ? 1 : 0));
  for (const { kernel, z, a } of columns.toReversed()) {
    const passed = pull.map((part, j) => part * (Math.abs(z[j]) > NIL ? a[j] / z[j] : 0));
    pull = kernel.map((row) => row.reduce((sum, weight, j) => sum + weight * passed[j], 0));
  }
  return pull;
}

function strongest(pull, values) {
  const products = pull.map((part, i) => part * values[i]);
  const most = Math.max(...products);
  return [products.indexOf(most), most];
}

export class Prediction {
  /** form: absent where there are no classes to choose from. */
  constructor(form, figure) {
    const part = (name) => figure.querySelector(`[data-part="${name}"]`);
    Object.assign(this, { form, figure, offer: part("offer"), line: part("reckoning") });
    form.addEventListener("submit", (event) => this.#commit(event));
  }

  update(view, linkTo) {
    const isOpen = view.guess?.choice === null;
    this.form.hidden = !isOpen;
    this.offer.hidden = isOpen;
    this.line.textContent = reckoning(view);
    this.line.hidden = this.line.textContent === "";
    this.offer.querySelector("a").href = linkTo(this.opening());
    this.form.querySelector('[data-go="unpredict"]').href = linkTo({ guess: null });
  }

  /** The change that asks: back to the inputs when the page already tells the answer. */
  opening() {
    const { data, state } = this.figure;
    const guess = { choice: null, sure: "fairly" };
    return state.step >= tellsFrom(data) ? { guess, step: 1, within: [] } : { guess };
  }

  open() {
    this.form.reset();
    this.figure.change(this.opening());
    this.form.querySelector("h3").focus();
  }

  close() {
    this.figure.change({ guess: null });
    this.offer.querySelector("a").focus();
  }

  /** A learner's form goes to the server, which notes that a prediction was made; nothing waits for it. */
  #note(told) {
    if (this.form.method !== "post") return;
    fetch(this.form.getAttribute("action"), { method: "POST", body: told, redirect: "manual", keepalive: true }).catch(() => {});
  }

  #commit(event) {
    event.preventDefault();
    const { data } = this.figure;
    const told = new FormData(this.form);
    const guess = { choice: data.classes.indexOf(told.get("guess")), sure: told.get("sure") };
    this.#note(told);
    this.figure.change({ guess, step: data.stops.length, within: [] }, { isQuiet: true });
    this.line.focus();
  }
}
