// Forms: the focus goes to what is to be mended; passwords can be shown; a new account learns its time zone.
const reveal = (input) => {
  const box = document.createElement("div");
  box.className = "reveal";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = "Show";
  button.setAttribute("aria-controls", input.id);
  button.setAttribute("aria-label", "Show password");
  const hadFocus = document.activeElement === input;
  input.replaceWith(box);
  box.append(input, button);
  if (hadFocus) input.focus(); // who was quicker than this script goes on typing
  button.addEventListener("click", () => {
    const isShown = input.type === "password";
    input.type = isShown ? "text" : "password";
    button.textContent = isShown ? "Hide" : "Show";
    button.setAttribute("aria-label", `${button.textContent} password`);
  });
};

export const enhanceForms = () => {
  for (const input of document.querySelectorAll("input[type=password]")) reveal(input);
  document.querySelector("[data-error-summary]")?.focus();
  const zone = document.querySelector("input[type=hidden][name=time_zone]");
  if (zone && !zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
};
