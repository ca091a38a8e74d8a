// One of the two drawings: takes over the SVG that the server made, and updates its parts in place.
import { set, svg } from "./elements.js";
import { PENCIL, draw } from "./scene.js";
import { isSame } from "./view.js";
import { termLabel, unitLabel, unitName } from "./words.js";
import { termsOf } from "./waterfall.js";

const PENCIL_PATH = "M0 8.5l.6-2.6L6 .5l2 2L2.6 7.9z";

export class Sheet {
  /** root: the svg element; layout: the places of its units. */
  constructor(root, layout) {
    this.root = root;
    this.layout = layout;
    this.edges = new Map([...root.querySelectorAll("[data-e]")].map((line) => [line.dataset.e, line]));
    this.nodes = new Map([...root.querySelectorAll("[data-n]")].map((link) => [link.dataset.n, link]));
    this.outputs = [...root.querySelectorAll("[data-o]")];
    this.edgeGroup = root.querySelector(".edges");
    this.marks = root.querySelector(".marks");
    this.pills = root.querySelector(".pills");
    this.pin = root.querySelector(".nid");
    this.hits = svg("g", { class: "hits", "aria-hidden": "true" });
    this.edgeGroup.after(this.hits);
  }

  /** Shows a view; linkTo(focus) is the address of the state with that unit pinned. */
  update(view, linkTo, label) {
    const scene = draw(view, this.layout);
    this.root.setAttribute("aria-label", label);
    this.#dropEdges(new Set(scene.edges.map((edge) => edge.key)));
    for (const edge of scene.edges) this.#updateEdge(edge);
    this.marks.replaceChildren(...scene.edges.filter((edge) => edge.isEdited).map(makeMark));
    for (const node of scene.nodes) this.#updateNode(view, node, linkTo);
    scene.outputs.forEach((output, unit) => this.#updateOutput(output, unit));
    this.pills.replaceChildren(...scene.pills.map(makePill));
    this.hits.replaceChildren(...this.#makeHits(view, scene.edges));
    this.#updatePin(view);
  }

  /** The link of a unit. */
  link(layer, unit) {
    return this.nodes.get(`${layer}.${unit}`);
  }

  get isShown() {
    return this.root.getClientRects().length > 0;
  }

  /** A weight of 0 has no line, so that an edit can make lines come and go. */
  #dropEdges(kept) {
    for (const [key, line] of this.edges) {
      if (kept.has(key)) continue;
      line.remove();
      this.edges.delete(key);
    }
  }

  #updateEdge(edge) {
    if (!this.edges.has(edge.key)) this.edges.set(edge.key, svg("line", { "data-e": edge.key }));
    const line = this.edges.get(edge.key);
    const { x1, y1, x2, y2 } = edge;
    set(line, { class: edge.css, x1, y1, x2, y2, "stroke-width": edge.width, "data-t": edge.term });
    this.edgeGroup.append(line);
  }

  #updateNode(view, node, linkTo) {
    const link = this.nodes.get(node.key);
    const [layer, unit] = node.key.split(".").map(Number);
    set(link, {
      class: node.css,
      href: linkTo(isSame(view.focus, layer, unit) ? null : { layer, unit }),
      "aria-label": unitLabel(view, { layer, unit }),
      "aria-current": node.isPinned ? "true" : null,
    });
    set(link.querySelector(".hatch"), { visibility: node.isNegative ? null : "hidden" });
    link.querySelector(".nv").textContent = node.text;
    this.#updateChange(link, node.change);
    if (layer === 0) link.querySelector(".nf").classList.toggle("off", view.seen.x[unit] === 0);
  }

  #updateChange(link, change) {
    link.querySelector(".change")?.remove();
    if (!change) return;
    const body = link.querySelector(".body");
    const away = Math.round(this.layout.radius * 8) / 10;
    const [x, y] = [Number(body.getAttribute("cx")) + away, Number(body.getAttribute("cy")) - away];
    const d = change === "up" ? "M-5 3.5h10L0-5z" : "M-5-3.5h10L0 5z";
    link.querySelector(".nv").before(svg("path", { class: "change", d, transform: `translate(${x} ${y})` }));
  }

  #updateOutput(output, unit) {
    const group = this.outputs[unit];
    const y = this.layout.ys.at(-1)[unit];
    const isShare = output.share !== null;
    set(group.querySelector(".nc"), { class: `nc${output.css}`, y: isShare ? y - 1 : y + 4 });
    const share = group.querySelector(".np");
    share.textContent = output.share ?? "";
    share.setAttribute("class", `np${this.layout.name === "wide" ? " end" : ""}${output.css}`);
    for (const bar of group.querySelectorAll(".pb")) {
      set(bar, { visibility: isShare ? null : "hidden" });
      if (bar.classList.contains("bg")) continue;
      const full = Number(group.querySelector(".bg").getAttribute("width"));
      set(bar, { class: `pb${output.css}`, width: Math.max(3, full * (output.bar ?? 0)).toFixed(1) });
    }
  }

  #makeHits(view, edges) {
    if (view.focus === null || view.focus.layer === 0) return [];
    const terms = termsOf(view, view.focus);
    const name = unitName(view, view.focus);
    return edges
      .filter((edge) => edge.term !== null)
      .map(({ x1, y1, x2, y2, term }) => {
        const title = svg("title", {}, termLabel(terms[term], name));
        return svg("line", { class: "hit", "data-t": term, x1, y1, x2, y2 }, title);
      });
  }

  #updatePin(view) {
    const isNamed = view.focus !== null && view.focus.layer > 0 && view.focus.layer < view.last;
    this.pin.textContent = isNamed ? unitName(view, view.focus) : "";
    if (!isNamed) return;
    const { layer, unit } = view.focus;
    const gap = this.layout.name === "narrow" ? 6 : 7.5;
    set(this.pin, { x: this.layout.xs[layer], y: this.layout.ys[layer][unit] - this.layout.radius - gap });
  }
}

function makeMark({ x1, y1, x2, y2 }) {
  return svg("line", { x1, y1, x2, y2 });
}

function makePill(pill) {
  const left = Math.round((pill.x - pill.width / 2) * 10) / 10;
  const pencil = { class: "pencil", d: PENCIL_PATH, transform: `translate(${left + 6} ${pill.y - 4.5})` };
  return svg(
    "g",
    { class: `tag ${pill.css}`, "data-t": pill.term },
    svg("rect", { x: left, y: pill.y - 8.5, width: pill.width, height: 17, rx: 8.5 }),
    ...(pill.hasPencil ? [svg("path", pencil)] : []),
    svg("text", { x: pill.x + (pill.hasPencil ? PENCIL / 2 : 0), y: pill.y + 4 }, pill.text),
  );
}
