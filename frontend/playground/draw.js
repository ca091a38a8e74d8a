// The two pictures of a page that shows the network already: labels, the widths of lines, and the maps.
import { bandsOf } from "./strips.js";

const NEGATIVE = 3; // so many of the bands, from the first, are below zero

/** Shows what an answer's `drawn` says: {figure, edges, dead, title, plane, maps}. */
export function draw(page, drawn) {
  const figure = page.querySelector('[data-piece="figure"] svg');
  const plane = page.querySelector('[data-piece="plane"]');
  figure.setAttribute("aria-label", drawn.figure);
  plane.querySelector("h2").textContent = drawn.title;
  plane.querySelector("svg").setAttribute("aria-label", drawn.plane);
  figure.querySelectorAll(".edge").forEach((edge, place) => {
    const width = drawn.edges[place];
    edge.setAttribute("class", width < 0 ? "edge neg" : "edge pos");
    edge.setAttribute("stroke-width", Math.abs(width));
  });
  for (const unit of figure.querySelectorAll("[data-unit]")) {
    unit.classList.toggle("dead", drawn.dead.includes(unit.dataset.unit));
  }
  for (const ground of page.querySelectorAll("[data-map]")) {
    const map = drawn.maps[ground.dataset.map]; // what an input sees never changes
    if (map) paint(ground, ...map);
  }
}

function paint(ground, levels, zero) {
  const bands = bandsOf(levels);
  ground.querySelectorAll(".band").forEach((band, level) => band.setAttribute("d", bands[level]));
  ground.querySelector(".hatched").setAttribute("d", bands.slice(0, NEGATIVE).join(""));
  ground.querySelector(".zero-line").setAttribute("d", zero);
}
