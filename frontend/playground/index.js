// The playground: trains in pieces. Each answer carries the whole run, signed, and what of the page changes;
// without this file the same buttons are plain forms.
import { ask, rested } from "./ask.js";
import { draw } from "./draw.js";
import { pause as restAfter, queryOf } from "./pace.js";

const asked = queryOf(location.hash);
if (asked) location.replace(asked);

const page = document.querySelector("[data-playground]");
if (page && !asked) enhance(page);

const WITHOUT_A_NEW_START = ["learningRate", "stopEpoch", "stopLoss", "stopRight", "look"];
const LAST = 1_000_000;

function enhance(page) {
  const transport = page.querySelector("#transport");
  const setup = page.querySelector("#setup");
  const play = transport.querySelector("[data-play]");
  const say = page.querySelector("[data-say]");
  const fault = page.querySelector("[data-fault]");
  const tables = page.querySelector(".play-tables");
  let playing = false;
  let asking = Promise.resolve();
  let goal = 0;

  if (play) {
    play.hidden = false;
    play.setAttribute("aria-pressed", "false");
    play.addEventListener("click", () => (playing ? pause() : start()));
  }
  for (const button of page.querySelectorAll("[data-many], [data-apply]")) button.hidden = true;

  tables.addEventListener("toggle", () => tables.open && !playing && queue({}));
  transport.addEventListener("submit", (event) => {
    pause();
    const go = event.submitter?.value;
    if (go === "long") return; // a page of its own
    event.preventDefault();
    if (go === "step") queue({ steps: 1 });
    if (go === "epoch") queue({ epoch: true });
    if (go === "reset") queue({ reset: true });
  });
  // On the page, because the choice of what is shown stands beside the form that it belongs to.
  page.addEventListener("change", (event) => {
    if (event.target.form === transport || (event.target.name === "look" && playing)) return;
    pause();
    queue({ reset: !WITHOUT_A_NEW_START.includes(event.target.name) });
  });
  page.addEventListener("click", (event) => {
    const unit = event.target.closest("[data-unit]")?.dataset.unit;
    const look = setup.elements.look;
    if (![...look.options].some((option) => option.value === unit)) return;
    look.value = unit;
    if (!playing) queue({});
  });
  setup.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button?.getAttribute("aria-disabled") === "true") return;
    pause();
    queue({ reset: true, edit: button?.name === "edit" ? button.value : "" });
  });

  function start() {
    playing = true;
    press();
    say.textContent = "Training.";
    asking = asking.then(run);
  }

  function pause() {
    playing = false;
    press();
  }

  function press() {
    if (!play) return;
    play.setAttribute("aria-pressed", String(playing));
    play.querySelector("[data-play-label]").textContent = playing ? "Pause" : "Train";
  }

  async function run() {
    let last;
    while (playing) {
      const began = performance.now();
      const answer = await train({ until: LAST });
      if (answer) last = answer;
      if (!answer || answer.over) pause();
      else await rested(restAfter(performance.now() - began));
    }
    if (last) say.textContent = last.spoken;
  }

  /** One thing after another, so that every request goes on from the last answer. */
  function queue(what) {
    asking = asking.then(() => act(what));
  }

  async function act({ steps, epoch, reset, edit }) {
    if (reset) transport.elements.state.value = "";
    let answer = await train({ steps: steps ?? 0, edit: edit ?? "", until: 0, epoch });
    while (epoch && answer && !answer.over && answer.epoch < goal) answer = await train({ until: goal });
    if (answer) say.textContent = answer.spoken;
  }

  async function train({ steps = 0, until = 0, edit = "", epoch = false }) {
    if (epoch) goal = until = Number(page.querySelector("[data-epoch]").dataset.epoch) + 1;
    const settings = Object.fromEntries(new FormData(setup));
    const body = { settings, state: transport.elements.state.value, steps, until, edit, tables: tables.open };
    const { answer, fault: told } = await ask(page.dataset.train, body);
    if (answer) return show(answer);
    tell(told);
  }

  function tell(message) {
    fault.textContent = message;
    fault.hidden = !message;
  }

  function show(answer) {
    tell("");
    const focused = document.activeElement?.id;
    transport.elements.state.value = answer.state;
    for (const [name, piece] of Object.entries(answer.pieces)) {
      const place = page.querySelector(`[data-piece="${name}"]`);
      if (place) place.innerHTML = piece; // an address can leave it out
    }
    if (answer.drawn) draw(page, answer.drawn);
    if (focused && document.activeElement === document.body) {
      (document.getElementById(focused) ?? document.getElementById("layer-add"))?.focus();
    }
    if (location.search !== `?${answer.query}`) {
      history.replaceState(null, "", `?${answer.query}`);
      transport.action = `?${answer.query}`;
      const long = page.querySelector("[data-long]");
      if (long) long.formAction = `${long.formAction.split("?")[0]}?${answer.query}`;
      for (const link of page.querySelectorAll("[data-with-settings]")) link.search = `?${answer.query}`;
    }
    return answer;
  }
}
