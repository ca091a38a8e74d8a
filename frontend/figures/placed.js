// What every figure in a text does: its form reacts at once, the address keeps the state, one sentence is said.
// A kind extends PlacedFigure and writes show(values): fill the markup in, return the sentence.
import { typed } from "../network/numbers.js";

const SAY_PAUSE = 350;

export class PlacedFigure extends HTMLElement {
  #saying = null;

  connectedCallback() {
    if (this.data) return;
    this.data = JSON.parse(this.querySelector('script[type="application/json"]').textContent);
    this.form = this.querySelector("form");
    for (const plain of this.querySelectorAll("[data-plain]")) plain.hidden = true;
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", (event) => this.#entered(event.target));
    this.prepare?.();
  }

  /** The form's own fields by their short names, as text. */
  values() {
    const prefix = `${this.dataset.name}.`;
    const found = [...new FormData(this.form)].filter(([name]) => name.startsWith(prefix));
    return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
  }

  /** The field of a short name; of radio buttons the chosen one. */
  field(key) {
    return this.form.elements.namedItem(`${this.dataset.name}.${key}`);
  }

  /** Sets a field, and the slider beside it. */
  set(key, value) {
    this.field(key).value = value;
    const slider = this.field(key).parentElement?.querySelector?.("[data-slide]");
    if (slider) slider.value = value;
  }

  /** Shows the form's values, says what is new and writes the address. */
  refresh() {
    for (const notice of this.querySelectorAll("[data-notice]")) notice.remove();
    const values = this.values();
    const sentence = this.show(values);
    this.part("say").textContent = sentence;
    this.#write(values);
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => {
      this.part("live").textContent = sentence;
    }, SAY_PAUSE);
  }

  part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  #entered(target) {
    if (target.matches("[data-slide]")) target.parentElement.querySelector("[type=number]").value = target.value;
    else if (target.type === "number") {
      const value = typed(target.value);
      const fits = value !== null && value >= Number(target.min) && value <= Number(target.max);
      target.toggleAttribute("aria-invalid", false);
      if (!fits) {
        target.setAttribute("aria-invalid", "true");
        return;
      }
      const slider = target.parentElement.querySelector("[data-slide]");
      if (slider) slider.value = value;
    }
    if (this.form.querySelector("[aria-invalid]")) return;
    this.refresh();
  }

  #write(values) {
    const query = new URLSearchParams(location.search);
    for (const name of [...query.keys()]) if (name.startsWith(`${this.dataset.name}.`)) query.delete(name);
    for (const [key, value] of Object.entries(values)) query.set(`${this.dataset.name}.${key}`, value);
    history.replaceState(history.state, "", `?${query}${location.hash}`);
  }
}

/** Writes a text or an attribute for each [data-cell] of a row. */
export function fill(row, texts) {
  for (const [name, text] of Object.entries(texts)) {
    for (const cell of row.querySelectorAll(`[data-cell="${name}"]`)) cell.textContent = text;
  }
}
