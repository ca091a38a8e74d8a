// <lw-convolution>: a picture to draw on, a kernel that slides over it. Mirrors course/figures/convolution.py.
import { paint, rove } from "../figures/cells.js";
import { SteppingFigure } from "../figures/stepping.js";
import { decode, encode } from "../figures/windows.js";
import { html, set } from "../network/elements.js";
import { DRAWING, SIDE, drawing, sentence } from "./reckon.js";

class Convolution extends SteppingFigure {
  #ink = null; // what the mouse paints while it is down, 0 or 1

  prepare() {
    super.prepare();
    const image = this.part("image");
    rove(image);
    this.part("hint").hidden = false;
    image.addEventListener("click", (event) => this.#pressed(event));
    image.addEventListener("pointerdown", (event) => this.#down(event));
    image.addEventListener("pointerover", (event) => this.#over(event));
  }

  /** The form's values as they can be shown: the picture's pixels, a window that exists. */
  values() {
    const found = super.values();
    if (found.picture !== DRAWING) found.pixels = this.data.pictures[found.picture];
    return { ...found, step: drawing(found, this.data).step + 1 };
  }

  show(values) {
    const seen = drawing(values, this.data);
    this.set("pixels", values.pixels);
    paint(this.part("image"), seen.image, (pixel) => this.#pixel(pixel), showPixel);
    paint(this.part("window"), seen.window, null, showProduct);
    this.showAnswers(seen.answers, seen.step + 1, seen.sliding.steps);
    for (const name of ["says", "sum", "shapes"]) this.part(name).textContent = seen[name];
    return sentence(seen);
  }

  #pixel({ place, label }) {
    if (place === null) return html("td", {}, html("span", {}, "0"));
    const name = `${this.dataset.name}.turn`;
    return html("td", {}, html("button", { type: "submit", name, value: place, "aria-label": label }));
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
    addEventListener("pointerup", () => setTimeout(() => (this.#ink = null)), { once: true });
  }

  #over(event) {
    const button = event.target.closest("button");
    if (button && this.#ink !== null && event.buttons === 1) this.#turn(button, this.#ink);
  }

  #turn(button, ink) {
    const place = Number(button.value) - 1;
    const pixels = decode(this.values().pixels);
    pixels[Math.floor(place / SIDE)][place % SIDE] = ink;
    const code = encode(pixels);
    this.set("pixels", code);
    const known = Object.keys(this.data.pictures).find((name) => this.data.pictures[name] === code);
    this.#choose(known ?? DRAWING);
    this.refresh();
  }

  #choose(name) {
    const select = this.field("picture");
    if (![...select.options].some((option) => option.value === name)) {
      select.prepend(html("option", { value: DRAWING }, "your drawing"));
    }
    select.value = name;
  }
}

const value = (button) => Number(button.getAttribute("aria-pressed") === "true");

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
