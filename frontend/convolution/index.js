// <lw-convolution>: a picture to draw on, a kernel that slides over it. Mirrors course/figures/convolution.py.
import { paint, rove } from "../figures/cells.js";
import { SteppingFigure } from "../figures/stepping.js";
import { decode, encode } from "../figures/windows.js";
import { html, set } from "../network/elements.js";
import { DRAWING, OWN, SIDE, drawing, sentence } from "./reckon.js";

class Convolution extends SteppingFigure {
  #ink = null; // what the mouse paints while it is down, 0 or 1
  #lifting = 0; // the timer that ends it

  prepare() {
    super.prepare();
    const image = this.part("image");
    rove(image);
    this.part("hint").hidden = false;
    this.weights = [...this.form.querySelectorAll("[data-weight]")];
    // Before the figure shows the form's values: weights that are typed are a kernel of one's own.
    const own = ({ target }) => this.weights.includes(target) && (this.field("kernel").value = OWN);
    this.form.addEventListener("input", own, true);
    image.addEventListener("click", (event) => this.#pressed(event));
    image.addEventListener("pointerdown", (event) => this.#down(event));
    image.addEventListener("pointerover", (event) => this.#over(event));
  }

  /** The form's values as they can be shown: the picture's pixels, a window that exists. */
  values() {
    const found = super.values();
    if (found.picture !== DRAWING) found.pixels = this.data.pictures[found.picture];
    if (found.kernel !== OWN) this.weights.forEach((_, n) => delete found[`w${n + 1}`]);
    return { ...found, step: drawing(found, this.data).step + 1 };
  }

  show(values) {
    const seen = drawing(values, this.data);
    this.set("pixels", values.pixels);
    if (values.kernel !== OWN) this.weights.forEach((field, n) => (field.value = seen.weights[n]));
    paint(this.part("image"), seen.image, freshPixel, showPixel);
    paint(this.part("window"), seen.window, null, showProduct);
    this.showAnswers(seen.answers, seen.step + 1, seen.sliding.steps);
    for (const name of ["says", "sum", "shapes"]) this.part(name).textContent = seen[name];
    return sentence(seen);
  }

  /** A press by key or finger; the mouse has painted already when its click comes. */
  #pressed(event) {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    if (this.#ink === null) this.#turn(button, 1 - value(button));
  }

  #down(event) {
    const button = event.target.closest("button");
    if (!button || event.pointerType !== "mouse" || event.button !== 0) return;
    this.#ink = 1 - value(button);
    this.#turn(button, this.#ink);
    clearTimeout(this.#lifting); // of a press just before
    addEventListener("pointerup", () => (this.#lifting = setTimeout(() => (this.#ink = null))), { once: true });
  }

  #over(event) {
    const button = event.target.closest("button");
    if (button && this.#ink !== null && event.buttons === 1) this.#turn(button, this.#ink);
  }

  #turn(button, ink) {
    const place = Number(button.value) - 1;
    const pixels = decode(this.values().pixels);
    pixels[Math.floor(place / SIDE)][place % SIDE] = ink;
    this.set("pixels", encode(pixels));
    this.field("picture").value = DRAWING;
    this.refresh();
  }
}

const value = (button) => Number(button.getAttribute("aria-pressed") === "true");

function freshPixel({ place, label }) {
  if (place === null) return html("td", {}, html("span", {}, "0"));
  return html("td", {}, html("button", { value: place, "aria-label": label }));
}

function showPixel(cell, { place, value: ink, isCovered }) {
  set(cell, { class: [place === null && "pad", isCovered && "in"].filter(Boolean).join(" ") });
  if (place !== null) set(cell.firstElementChild, { "aria-pressed": String(ink === 1) });
}

function showProduct(cell, { value: ink, weight, product, css }) {
  set(cell, { class: css });
  cell.firstElementChild.textContent = `${ink} × ${weight}`;
  cell.lastElementChild.textContent = product;
}

customElements.define("lw-convolution", Convolution);
