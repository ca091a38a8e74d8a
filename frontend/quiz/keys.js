// Digits choose options while the focus is among them, h opens a hint and f flags the question, unless the learner
// switched single keys off.
const TYPED = "textarea, select, input:not([type=radio], [type=checkbox])";

export const enhanceKeys = (form) => {
  if (document.documentElement.dataset.shortcuts !== "on") return;
  enhanceDigits(form);
  const buttons = new Map([...form.querySelectorAll("[data-quiz-key]")].map((one) => [one.dataset.quizKey, one]));
  for (const [key, button] of buttons) button.setAttribute("aria-keyshortcuts", key);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest(TYPED)) return;
    buttons.get(event.key)?.click();
  });
};

const enhanceDigits = (form) => {
  const options = [...form.querySelectorAll(".choices input")];
  if (!options.length) return;
  const choices = form.querySelector(".choices");
  options.slice(0, 9).forEach((option, place) => option.setAttribute("aria-keyshortcuts", String(place + 1)));
  choices.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const option = /^[1-9]$/.test(event.key) && options[Number(event.key) - 1];
    if (!option) return;
    event.preventDefault();
    option.focus();
    option.click();
  });
};
