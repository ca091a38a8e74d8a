// The theme button: changes the page at once; remembers it in the account, or in a cookie without one.
import { remember } from "./cookie.js";

const root = document.documentElement;
const isDark = () =>
  root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

const save = (address, theme) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  return fetch(address, {
    method: "POST",
    headers: { "X-CSRFToken": token },
    body: new URLSearchParams({ theme }),
  });
};

export const enhanceTheme = () => {
  const button = document.querySelector("[data-theme-toggle]");
  if (!button) return;
  const say = () => button.setAttribute("aria-label", isDark() ? "Switch to light" : "Switch to dark");
  button.hidden = false;
  say();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    say();
    // The look has changed either way; without a network it is simply not remembered.
    if (button.dataset.save) save(button.dataset.save, root.dataset.theme).catch(() => {});
    else remember("theme", root.dataset.theme);
  });
};
