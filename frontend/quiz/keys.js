// Digits choose options while the focus is among them, unless the learner switched single keys off.
export const enhanceKeys = (form) => {
  const options = [...form.querySelectorAll(".choices input")];
  if (!options.length || document.documentElement.dataset.shortcuts !== "on") return;
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
