// The list in which the lines into the pinned unit are edited: one field and one slider each, the bias last.
// Up and Down go from line to line, Enter takes a number over, Escape gives it up and goes back to the unit.
import { normalized, numberText, originalOf, without } from "./edits.js";
import { html } from "./elements.js";
import { typed } from "./numbers.js";
import { isEdited } from "./view.js";
import { sourceNames } from "./waterfall.js";
import * as words from "./words.js";

const STEP = 0.25;
const MINUS = "\u2212";
const shown = (value) => numberText(value).replace("-", MINUS);

export class EditList {
  /** root: the details element; figure offers data, state, change, toUnit. */
  constructor(root, figure) {
    this.root = root;
    this.figure = figure;
    this.form = root.querySelector("form");
    this.list = root.querySelector(".knobs");
    this.fault = root.querySelector("[data-fault]");
    this.fault.setAttribute("role", "alert");
    this.form.noValidate = true;
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", (event) => this.#slid(event.target));
    this.form.addEventListener("change", (event) => event.target.matches("[name=to]") && this.#take(event.target));
    this.form.addEventListener("keydown", (event) => this.#pressed(event));
    this.form.addEventListener("focusin", (event) => event.target.matches("[name=to]") && event.target.select());
  }

  /** Shows the lines of a view, leaving alone what the person is typing. */
  update(view) {
    this.view = view;
    const { focus } = view;
    this.root.hidden = focus === null || focus.layer === 0;
    if (this.root.hidden) return;
    const name = words.unitName(view, focus);
    if (this.unit !== name) {
      this.unit = name;
      this.fault.textContent = "";
      this.form.setAttribute("aria-label", `Numbers into ${name}`);
      this.list.replaceChildren(...[...sourceNames(view, focus.layer), "bias"].map((from, i) => this.#row(from, i)));
    }
    for (const row of this.list.children) this.#updateRow(row);
  }

  /** Opens the list at a line: the place of its source, or "b". */
  open(key) {
    this.root.open = true;
    const row = this.list.querySelector(`[data-t="${key}"]`) ?? this.list.firstElementChild;
    row.querySelector("[name=to]").focus();
  }

  #row(name, place) {
    const { focus } = this.view;
    const key = place === this.view.sizes[focus.layer - 1] ? "b" : String(place);
    const id = `${this.figure.anchor}-w${key}`;
    const reach = this.view.data.scale;
    const slider = { type: "range", min: -reach, max: reach, step: STEP, "aria-label": `${name}, slider` };
    const field = { id, name: "to", autocomplete: "off", spellcheck: "false" };
    return html(
      "li",
      { "data-t": key },
      html("label", { for: id }, name),
      html("input", slider),
      html("input", field),
      html("button", { type: "button", class: "reset", "data-reset": key, hidden: "" }),
    );
  }

  #updateRow(row) {
    const { view } = this;
    const line = this.#lineOf(row);
    const number = lineValue(view, line);
    const [slider, field] = row.querySelectorAll("input");
    if (slider !== document.activeElement) slider.value = number;
    if (field !== document.activeElement || typed(field.value) === number) {
      field.value = shown(number);
      field.removeAttribute("aria-invalid");
    }
    const edited = isEdited(view, line.layer, line.unit, line.source);
    row.classList.toggle("edited", edited);
    const reset = row.querySelector(".reset");
    reset.hidden = !edited;
    if (!edited) return;
    const name = row.querySelector("label").textContent;
    const original = shown(originalOf(view.data, line));
    reset.replaceChildren("reset ", html("span", { class: "sr" }, name), ` to ${original}`);
  }

  #lineOf(element) {
    const key = element.closest("[data-t]").dataset.t;
    return { ...this.view.focus, source: key === "b" ? null : Number(key) };
  }

  #slid(control) {
    if (control.type !== "range") return;
    this.fault.textContent = "";
    this.#edit(this.#lineOf(control), Number(control.value));
  }

  /** Takes over what stands in a field; says what is wrong with it and keeps the old number. */
  #take(field) {
    const value = typed(field.value);
    const problem = this.#problem(field, value);
    this.fault.textContent = problem;
    if (problem) field.setAttribute("aria-invalid", "true");
    else this.#edit(this.#lineOf(field), value);
  }

  #problem(field, value) {
    const name = field.closest("li").querySelector("label").textContent;
    const { limit } = this.view.data;
    const told = field.value.trim().slice(0, 20);
    if (value === null) {
      return `${name} should be a number such as 0.75, 0,75 or 3/4; it was '${told}'. It stays as it was.`;
    }
    if (Math.abs(value) <= limit) return "";
    return `${name} goes from ${MINUS}${limit} to ${limit}; it was ${told}. It stays as it was.`;
  }

  #edit(line, value) {
    const { data, state } = this.figure;
    if (value === lineValue(this.view, line)) return;
    const edits = normalized(data, [...state.edits, { ...line, value }]);
    this.figure.change({ edits }, { line });
  }

  /** Gives a line its own number back. */
  reset(button) {
    const line = this.#lineOf(button);
    const row = button.closest("li");
    this.fault.textContent = "";
    this.figure.change({ edits: without(this.figure.state.edits, line) }, { line });
    row.querySelector("[name=to]").focus();
  }

  #pressed(event) {
    const { target: field, key } = event;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (key === "Escape") this.#leave(field);
    else if (!field.matches("[name=to]")) return;
    else if (key === "ArrowUp" || key === "ArrowDown") this.#move(field, key === "ArrowUp" ? -1 : 1);
    else if (key === "Enter") {
      this.#take(field);
      field.select();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #leave(field) {
    this.fault.textContent = "";
    const row = field.closest("li");
    this.figure.toUnit();
    if (row) this.#updateRow(row);
  }

  #move(field, by) {
    const all = [...this.list.querySelectorAll("[name=to]")];
    all[Math.min(all.length - 1, Math.max(0, all.indexOf(field) + by))].focus();
  }
}

/** The number of a line as it is computed with now. */
function lineValue(view, { layer, unit, source }) {
  const { kernel, bias } = view.seen.columns[layer - 1];
  return source === null ? bias[unit] : kernel[source][unit];
}
