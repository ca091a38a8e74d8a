// Two runs side by side: trained in pieces, looked at epoch by epoch. Each answer carries both, signed; without
// this file the same buttons are plain forms.
import { ask, rested } from "../playground/ask.js";
import { pause } from "../playground/pace.js";
import { beside } from "./tape.js";

const LAST = 1_000_000;
const page = document.querySelector("[data-pair]");
if (page) enhance(page);

function enhance(page) {
  const [transport, setup] = [page.querySelector("#transport"), page.querySelector("#setup")];
  const part = (name) => page.querySelector(`[data-${name}]`);
  const [play, replay, say, fault] = ["play", "replay", "say", "fault"].map(part);
  const tables = page.querySelector(".play-tables");
  let asking = Promise.resolve();
  let doing = "";
  let now = { epoch: Number(scrubber().max), shown: Number(scrubber().value), epochs: page.dataset.epochs.split(",").map(Number) };

  for (const name of ["play", "replay", "back", "on"]) part(name).hidden = false;
  for (const name of ["many", "show", "apply"]) part(name).hidden = true;
  toggle("");

  play.addEventListener("click", () => toggle(doing === "train" ? "" : "train"));
  replay.addEventListener("click", () => toggle(doing === "replay" ? "" : "replay"));
  part("back").addEventListener("click", () => look(beside(now.epochs, now.shown, -1)));
  part("on").addEventListener("click", () => look(beside(now.epochs, now.shown, 1)));
  page.addEventListener("input", ({ target }) => {
    if (target === scrubber()) look(Number(target.value));
  });
  tables.addEventListener("toggle", () => tables.open && !doing && queue(() => send({ shown: now.shown })));
  transport.addEventListener("submit", (event) => {
    event.preventDefault();
    const go = event.submitter?.value;
    toggle("");
    if (go === "reset") transport.elements.state.value = "";
    queue(go === "epoch" ? () => epoch() : () => send({ step: go === "step" }));
  });
  setup.addEventListener("change", () => {
    toggle("");
    transport.elements.state.value = "";
    queue(() => send({}));
  });

  function scrubber() {
    return transport.elements.shown;
  }

  /** One thing after another, so that every request goes on from the last answer. */
  function queue(act) {
    asking = asking.then(async () => {
      const answer = await act();
      if (answer) say.textContent = answer.spoken;
    });
  }

  function look(shown) {
    toggle("");
    queue(() => send({ shown }));
  }

  async function epoch() {
    const goal = now.epoch + 1;
    let answer = await send({ until: goal });
    while (answer && !answer.over && answer.epoch < goal) answer = await send({ until: goal });
    return answer;
  }

  function toggle(what) {
    doing = what;
    play.setAttribute("aria-pressed", String(what === "train"));
    play.querySelector("[data-play-label]").textContent = what === "train" ? "Pause" : "Train both";
    replay.textContent = what === "replay" ? "Stop" : "Replay";
    if (what) say.textContent = what === "train" ? "Training both." : "Replaying.";
    if (what === "train") queue(train);
    if (what === "replay") queue(again);
  }

  async function train() {
    let last;
    while (doing === "train") {
      const began = performance.now();
      const answer = await send({ until: LAST });
      last = answer ?? last;
      if (!answer || answer.over) toggle("");
      else await rested(pause(performance.now() - began));
    }
    return last;
  }

  async function again() {
    let last;
    const epochs = now.epochs;
    for (const shown of epochs) {
      if (doing !== "replay") break;
      const began = performance.now();
      last = (await send({ shown })) ?? last;
      await rested(pause(performance.now() - began));
    }
    if (doing === "replay") toggle("");
    return last;
  }

  async function send(what) {
    const settings = Object.fromEntries(new FormData(setup));
    const { answer, fault: told = "" } = await ask(page.dataset.compare, {
      settings,
      state: transport.elements.state.value,
      tables: tables.open,
      ...what,
    });
    fault.textContent = told;
    fault.hidden = !told;
    if (answer) show(answer);
    return answer;
  }

  function show(answer) {
    now = answer;
    transport.elements.state.value = answer.state;
    const { scrub, ...pieces } = answer.pieces;
    for (const [name, piece] of Object.entries(pieces)) {
      page.querySelector(`[data-piece="${name}"]`).innerHTML = piece;
    }
    move(scrub);
    if (location.search !== `?${answer.query}`) history.replaceState(null, "", `?${answer.query}`);
    transport.action = `?${answer.query}`;
  }

  /** The range is changed, not replaced: somebody may hold it. */
  function move(piece) {
    const fresh = document.createElement("template");
    fresh.innerHTML = piece;
    const range = fresh.content.querySelector("input");
    for (const name of ["max", "step", "aria-valuetext"]) scrubber().setAttribute(name, range.getAttribute(name));
    scrubber().value = range.value;
    page.querySelector('[data-piece="scrub"] label').textContent = fresh.content.querySelector("label").textContent;
  }
}
