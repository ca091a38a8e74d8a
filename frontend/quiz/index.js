// The quiz runner: saves an answer as it is typed, and puts the focus on what the last press brought.
// Without this script every button works by itself; "Save for later" then does what typing does here.
import { Autosave } from "./autosave.js";
import { enhanceKeys } from "./keys.js";
import { Timer } from "./timer.js";

// A hint is read before the next one opens; the server holds it back by the same clock.
const waitForHint = (part) => {
  const button = part.querySelector("[data-quiz-wait]");
  const seconds = Number(button?.dataset.quizWait);
  if (!seconds) return;
  button.disabled = true;
  setTimeout(() => {
    button.disabled = false;
    part.querySelector("[data-quiz-waiting]").remove();
  }, seconds * 1000);
};

const form = document.querySelector("[data-quiz-answer]");
const saves = [];
if (form) {
  form.querySelector("[data-quiz-save]")?.setAttribute("hidden", "");
  const parts = form.matches("[data-quiz-part]") ? [form] : [...form.querySelectorAll("[data-quiz-part]")];
  saves.push(...parts.map((one) => new Autosave(one)));
  enhanceKeys(form, parts);
  parts.forEach(waitForHint);
}

const part = document.querySelector("[data-quiz-timer]");
if (part) {
  const timer = new Timer(part, saves);
  for (const save of saves) save.onTime = (seconds) => timer.sync(seconds);
}

const named = document.getElementById(location.hash.slice(1));
const target = document.querySelector(".problem[data-quiz-focus]") ?? (named?.matches("[data-quiz-focus]") ? named : null);
target?.focus({ preventScroll: target.id === "feedback" });
