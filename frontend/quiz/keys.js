// Digits choose options while the focus is among them, h opens a hint and f flags the question, unless the learner
// switched single keys off.
const TYPED = "textarea, select, input:not([type=radio], [type=checkbox])";

export const enhanceKeys = (form, parts) => {
  if (document.documentElement.dataset.shortcuts !== "on") return;
  parts.forEach(enhanceDigits);
  for (const button of form.querySelectorAll("[data-quiz-key]"))
    button.setAttribute("aria-keyshortcuts", button.dataset.quizKey);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest(TYPED) || !/^[a-z]$/.test(event.key)) return;
    // Of several questions on a page, the one that holds the focus is meant.
    const part = parts.length > 1 ? event.target.closest("[data-quiz-part]") : form;
    part?.querySelector(`[data-quiz-key=${event.key}]`)?.click();
  });
};

const enhanceDigits = (part) => {
  const options = [...part.querySelectorAll(".choices input")];
  if (!options.length) return;
  const choices = part.querySelector(".choices");
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
