// Single-key shortcuts, only while they are on and nobody types. A widget with keys of its own marks its root
// with data-own-keys; there, and in anything one types into, the page's keys are silent.
import { remember } from "./cookie.js";

const BUSY = "input, textarea, select, [contenteditable], dialog[open], [role=textbox], [role=application], network-figure, [data-own-keys]";
const CHORD_MS = 1200;

const goTo = (address) => address && location.assign(address);
const follow = (relation) => goTo(document.querySelector(`main a[rel~="${relation}"]`)?.href);

const search = (dialog) => {
  const field = document.querySelector("main input[type=search]");
  if (field) field.focus();
  else goTo(dialog.dataset.search);
};

const isBusy = (target) => target instanceof Element && target.closest(BUSY) !== null;

const listen = (dialog) => {
  const alone = {
    "?": () => dialog.showModal(),
    "/": () => search(dialog),
    n: () => follow("next"),
    p: () => follow("prev"),
  };
  const afterG = { c: () => goTo(dialog.dataset.courses), d: () => goTo(dialog.dataset.dashboard) };
  let lastG = -Infinity;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || isBusy(event.target)) return;
    const isChord = event.timeStamp - lastG < CHORD_MS;
    lastG = event.key === "g" ? event.timeStamp : -Infinity;
    const act = (isChord && afterG[event.key]) || alone[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
};

export const enhanceKeys = () => {
  const dialog = document.getElementById("shortcuts");
  if (dialog) listen(dialog);
  const next = document.documentElement.dataset.shortcuts === "on" ? "off" : "on";
  for (const button of document.querySelectorAll("[data-shortcuts-switch]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      remember("shortcuts", next);
      location.reload();
    });
  }
};
