// Squares of cells: painted in place, made anew only when their size changes. Arrow keys move among buttons.

/** Shows `rows` in a table body: make(content) gives a fresh cell, show(cell, content) fills it in. */
export function paint(body, rows, make, show) {
  if (body.rows.length !== rows.length || body.rows[0].cells.length !== rows[0].length) {
    body.replaceChildren(...rows.map((row) => line(row.map(make))));
  }
  rows.forEach((row, r) => row.forEach((content, c) => show(body.rows[r].cells[c], content)));
  if (body.dataset.arrows !== undefined) stop(body);
}

function line(cells) {
  const row = document.createElement("tr");
  row.append(...cells);
  return row;
}

/** Makes a square of buttons one tab stop: arrows, Home and End move inside it. */
export function rove(body) {
  body.addEventListener("keydown", (event) => {
    const next = neighbor(event.target.closest("td"), event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  body.addEventListener("focusin", (event) => stop(body, event.target));
  stop(body);
}

/** The one button that Tab reaches: the wanted, the last one, the current one or the first. */
function stop(body, wanted) {
  const kept = wanted ?? body.querySelector('[tabindex="0"]') ?? body.querySelector("[aria-current]");
  for (const button of body.querySelectorAll("button")) button.tabIndex = -1;
  (kept ?? body.querySelector("button")).tabIndex = 0;
}

function neighbor(cell, key) {
  const row = cell.parentElement;
  const buttons = row.querySelectorAll("button");
  const near = {
    ArrowUp: row.previousElementSibling?.cells[cell.cellIndex],
    ArrowDown: row.nextElementSibling?.cells[cell.cellIndex],
    ArrowLeft: cell.previousElementSibling,
    ArrowRight: cell.nextElementSibling,
  };
  if (key === "Home") return buttons[0];
  if (key === "End") return buttons[buttons.length - 1];
  return near[key]?.querySelector("button");
}
