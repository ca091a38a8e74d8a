// A term's meaning shows on hover and focus by style alone; Escape puts it away until the reader comes back.
export const enhanceTerms = (root) => {
  for (const term of root.querySelectorAll(".gloss")) {
    term.addEventListener("pointerleave", () => term.removeAttribute("data-dismissed"));
    term.addEventListener("focusout", () => term.removeAttribute("data-dismissed"));
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const term of root.querySelectorAll(".gloss:hover, .gloss:focus-within")) {
      term.setAttribute("data-dismissed", "");
    }
  });
};
