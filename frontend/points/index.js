// Points drawn on a plane, by pointer or by keyboard; each is a line of the table below it.
import { added, erased, names, read } from "./list.js";

const SVG = "http://www.w3.org/2000/svg";
const [STEP, FINE] = [0.5, 0.1];
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const form = document.querySelector("[data-points]");
if (form?.querySelector("[data-drawing]")) enhance(form);

function enhance(form) {
  const part = (name) => form.querySelector(`[data-${name}]`);
  const [plane, dots, cross, say] = ["plane", "dots", "cursor", "say"].map(part);
  const table = form.elements.table;
  const most = Number(form.dataset.most);
  let [x, y] = [0, 0];

  part("drawing").hidden = false;
  form.classList.add("is-drawn");
  draw();
  table.addEventListener("input", draw);
  plane.addEventListener("click", (event) => {
    const box = plane.getBoundingClientRect();
    x = ((event.clientX - box.left) / box.width) * 12 - 6;
    y = 6 - ((event.clientY - box.top) / box.height) * 12;
    act(form.elements.tool.value);
  });
  plane.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = MOVES[event.key];
    if (move) go(move, event.shiftKey ? FINE : STEP);
    else if (event.key === "Enter" || event.key === " ") act(form.elements.tool.value);
    else if (event.key === "Delete" || event.key === "Backspace") act("erase");
    else if ("pn".includes(event.key.toLowerCase())) choose(event.key.toLowerCase() === "p" ? "positive" : "negative");
    else return;
    event.preventDefault();
  });

  function go([across, up], step) {
    const within = (value) => Math.round(Math.min(Math.max(value, -6), 6) * 100) / 100;
    [x, y] = [within(x + across * step), within(y + up * step)];
    mark();
    say.textContent = place();
  }

  function choose(tool) {
    form.elements.tool.value = tool;
    say.textContent = `Enter places a ${tool} point.`;
  }

  function act(tool) {
    const points = read(table.value);
    if (tool === "erase") table.value = erased(table.value, x, y);
    else if (points.length < most) table.value = added(table.value, x, y, names(points)[tool]);
    draw();
    const now = read(table.value).length;
    if (tool === "erase") say.textContent = now < points.length ? `Taken away. ${count(now)}.` : "No point is near.";
    else say.textContent = now > points.length ? `${place()}: ${tool}. ${count(now)}.` : `${most} points are as many as fit.`;
  }

  const place = () => `x ${Number(x.toFixed(2))}, y ${Number(y.toFixed(2))}`;
  const count = (points) => `${points} ${points === 1 ? "point" : "points"}`;

  function draw() {
    const points = read(table.value);
    const { positive } = names(points);
    dots.replaceChildren(...points.map((point) => dot(point, point.name === positive)));
    mark();
  }

  function dot({ x, y }, isPositive) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", `dot ${isPositive ? "round" : "corner"} train`);
    path.setAttribute("d", isPositive ? `M${x} ${-y}h0` : `M${x - 0.12} ${-y - 0.12}h.24v.24h-.24z`);
    return path;
  }

  function mark() {
    cross.setAttribute("transform", `translate(${x} ${-y})`);
  }
}
