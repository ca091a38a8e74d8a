// The quiz runner: saves an answer as it is typed, and puts the focus on what the last press brought.
// Without this script every button works by itself; "Save for later" then does what typing does here.
import { Autosave } from "./autosave.js";
import { enhanceKeys } from "./keys.js";
import { Timer } from "./timer.js";

// A hint is read before the next one opens; the server holds it back by the same clock.
const waitForHint = (button) => {
  const seconds = Number(button?.dataset.quizWait);
  if (!seconds) return;
  button.disabled = true;
  setTimeout(() => {
    button.disabled = false;
    document.querySelector("[data-quiz-waiting]").remove();
  }, seconds * 1000);
};

const form = document.querySelector("[data-quiz-answer]");
const saves = [];
if (form) {
  form.querySelector("[data-quiz-save]").hidden = true;
  saves.push(new Autosave(form));
  enhanceKeys(form);
  waitForHint(form.querySelector("[data-quiz-wait]"));
}

const part = document.querySelector("[data-quiz-timer]");
if (part) {
  const timer = new Timer(part, saves);
  for (const save of saves) save.onTime = (seconds) => timer.sync(seconds);
}

const named = document.getElementById(location.hash.slice(1));
const target = document.getElementById("q-problem") ?? (named?.matches("[data-quiz-focus]") ? named : null);
target?.focus({ preventScroll: target.id === "feedback" });
