// Weights set by hand: every change is checked, and a pasted matrix fills the table from where it is pasted.
export function weightsOf(form) {
  return Object.fromEntries([...form.querySelectorAll("[data-weights] input")].map((field) => [field.name, field.value]));
}

/** Puts back what was set before, without tables: those come with the next answer, with these numbers in them. */
export function setWeights(form, weights) {
  form.querySelector("[data-weights]")?.replaceChildren(
    ...Object.entries(weights).map(([name, value]) => Object.assign(document.createElement("input"), { type: "hidden", name, value })),
  );
}

export function enhanceWeights(form, { onChange, onSubmit }) {
  const place = form.querySelector("[data-weights]");
  if (!place) return;
  place.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it would hand in what is half set, and spend an attempt
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onSubmit();
  });
  place.addEventListener("input", onChange);
  place.addEventListener("paste", (event) => {
    const rows = rowsOf(event.clipboardData.getData("text"));
    const field = event.target.closest("input");
    if (!field || (rows.length === 1 && rows[0].length === 1)) return;
    event.preventDefault();
    fill(field, rows);
    onChange();
  });
}

/** The rows of a pasted matrix: a spreadsheet's tabs, CSV, or a list of lists as Python prints it. */
export function rowsOf(text) {
  const lines = text.trim().split(text.includes("[") ? /\]\s*,?\s*\[|\n/ : "\n");
  return lines
    .map((line) => line.replace(/[[\]()]/g, " ").trim().split(between(line)))
    .map((cells) => cells.map((cell) => cell.trim().replace(/\.$/, "")).filter((cell) => cell !== ""))
    .filter((cells) => cells.length);
}

/** Where a semicolon or a tab parts the numbers, a comma is a decimal one. */
function between(line) {
  if (line.includes("\t")) return "\t";
  return line.includes(";") ? ";" : /\s*,\s*|\s+/;
}

function fill(field, rows) {
  const lines = [...field.closest("tbody").rows];
  const top = lines.indexOf(field.closest("tr"));
  const left = [...field.closest("tr").querySelectorAll("input")].indexOf(field);
  rows.forEach((cells, down) => {
    const fields = lines[top + down]?.querySelectorAll("input") ?? [];
    cells.forEach((cell, across) => {
      const target = fields[left + across];
      if (target) target.value = cell;
    });
  });
}
