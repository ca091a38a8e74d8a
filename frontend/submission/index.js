// Keeps a submission's page up to date until it is graded: fetches the page again and takes over what changed.
import { addressOf, shelfOf } from "../kept/networks.js";

const FIRST_PAUSES = [300, 600, 1000];
const PAUSE = 2000;
const GIVE_UP_AFTER = 5; // answers in a row that were no page

const region = () => document.querySelector("[data-submission]");

const status = document.querySelector("[data-say]");
if (document.referrer) shelfOf(status.dataset.person).arrivedFrom(addressOf(new URL(document.referrer)));
if (region()?.dataset.submission === "waiting") follow();

async function follow() {
  let failures = 0;
  for (let round = 0; failures < GIVE_UP_AFTER; round += 1) {
    await pause(FIRST_PAUSES[round] ?? PAUSE);
    const fresh = await load();
    if (!fresh) {
      failures += 1;
      continue;
    }
    failures = 0;
    if (take(fresh)) return;
  }
  say("The page has lost the site. Nothing is lost; load the page again.");
}

function pause(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(function ready() {
      if (document.hidden) document.addEventListener("visibilitychange", ready, { once: true });
      else resolve();
    }, milliseconds);
  });
}

async function load() {
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!response.ok) return null;
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return null;
  }
}

/** Shows the fresh page's state; true when there is nothing more to wait for. */
function take(fresh) {
  const next = fresh.querySelector("[data-submission]");
  if (!next) return false;
  if (next.dataset.state !== region().dataset.state) {
    region().replaceWith(document.adoptNode(next));
    document.title = fresh.title;
    say(next.dataset.say);
  }
  return next.dataset.submission !== "waiting";
}

function say(sentence) {
  status.textContent = sentence;
}
