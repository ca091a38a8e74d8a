// Phrases in the text that drive the figure: hovering shows, a click pins, the back button restores.
import { isEqual, readAddress } from "./address.js";

/** Connects every link with data-focus on the page to the figure. */
export function connectCues(figure) {
  const cues = [...document.querySelectorAll("a[data-focus]")];
  for (const cue of cues) {
    const wanted = () => readAddress(figure.data, new URL(cue.href).search, figure.state);
    cue.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      figure.change(wanted(), { push: true });
      if (!figure.strip?.isShown) figure.querySelector("figure").scrollIntoView({ block: "nearest" });
    });
    cue.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && figure.render(wanted()));
    cue.addEventListener("pointerleave", () => figure.render(figure.state));
  }
  const mark = () => {
    for (const cue of cues) {
      if (isShown(figure, cue)) cue.setAttribute("aria-current", "true");
      else cue.removeAttribute("aria-current");
    }
  };
  figure.addEventListener("figure-change", mark);
  mark();
}

/** Whether the figure shows what the phrase speaks of: it would change nothing. */
function isShown({ data, state }, cue) {
  const wanted = readAddress(data, new URL(cue.href).search, state);
  const isSameUnit = wanted.focus?.layer === state.focus?.layer && wanted.focus?.unit === state.focus?.unit;
  return isSameUnit && wanted.step === state.step && isEqual(wanted.within, state.within) && isEqual(wanted.x, state.x);
}
