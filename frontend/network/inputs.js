// The inputs as sliders and number fields, kept in step with each other and with the figure.
import { plainText, short, typed } from "./numbers.js";

export class Inputs {
  /** form: the inputs' form; onChange(x) is called with the new inputs, only when every field holds a number. */
  constructor(form, data, onChange) {
    this.data = data;
    this.onChange = onChange;
    this.sliders = [...form.querySelectorAll("[data-slide]")];
    this.fields = [...form.querySelectorAll("[data-number]")];
    this.fault = form.querySelector("[data-fault]");
    this.fault.setAttribute("role", "alert");
    form.noValidate = true;
    for (const slider of this.sliders) slider.step = data.range.step;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", (event) => this.#changed(event.target));
  }

  /** Shows the inputs of a state, leaving alone what the person is typing. */
  update(x) {
    x.forEach((value, i) => {
      this.sliders[i].value = value;
      if (this.fields[i] === document.activeElement) return;
      this.fields[i].value = plainText(value);
      this.fields[i].removeAttribute("aria-invalid");
    });
  }

  #changed(control) {
    const i = Number(control.dataset.slide ?? control.dataset.number);
    if (control.dataset.slide !== undefined) this.fields[i].value = control.value;
    const values = this.fields.map((field) => this.#read(field));
    const problem = this.fields.findIndex((_, n) => values[n] === null);
    this.fault.textContent = problem < 0 ? "" : this.#explain(problem);
    if (problem < 0) this.onChange(values);
  }

  #read(field) {
    const value = typed(field.value);
    const isGood = value !== null && value >= this.data.range.low && value <= this.data.range.high;
    if (isGood) field.removeAttribute("aria-invalid");
    else field.setAttribute("aria-invalid", "true");
    return isGood ? value : null;
  }

  #explain(i) {
    const { low, high } = this.data.range;
    const span = `${short(low)} to ${short(high)}`;
    return `${this.data.features[i]} goes from ${span}. The figure keeps the value it had.`;
  }
}
