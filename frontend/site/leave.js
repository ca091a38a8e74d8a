// Signing out leaves nothing of one's own in the browser.
import { forgetNetworks } from "../kept/networks.js";

export const enhanceLeaving = () => {
  for (const form of document.querySelectorAll("form[data-sign-out]")) form.addEventListener("submit", forget);
};

const forget = () => {
  try {
    for (const store of [localStorage, sessionStorage]) forgetNetworks(store);
  } catch {
    // a browser that keeps nothing has nothing to forget
  }
};
