// Numbers and names of the figure elsewhere on the page: data-figure-text="input|live|idle".
import { carriers } from "./scene.js";
import * as words from "./words.js";

export function updatePage(view) {
  const told = document.querySelectorAll("[data-figure-text]");
  if (told.length === 0) return;
  const cells = carriers(view, view.sizes.length).flat(2);
  const live = cells.filter(Boolean).length;
  const texts = { input: words.inputName(view), live: String(live), idle: String(cells.length - live) };
  for (const element of told) element.textContent = texts[element.dataset.figureText];
}
