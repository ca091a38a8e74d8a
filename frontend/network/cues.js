// Phrases in the text that drive the figure: hovering shows, a click pins, the back button restores.
import { readAddress } from "./address.js";

/** Connects every link with data-focus on the page to the figure. */
export function connectCues(figure) {
  const cues = [...document.querySelectorAll("a[data-focus]")];
  for (const cue of cues) {
    const wanted = () => {
      const state = readAddress(figure.data, new URL(cue.href).search, figure.state);
      return readAddress(figure.data, `?focus=${encodeURIComponent(cue.dataset.focus)}`, state);
    };
    cue.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      figure.change(wanted(), { push: true });
      figure.querySelector("figure").scrollIntoView({ block: "nearest" });
    });
    cue.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && figure.render(wanted()));
    cue.addEventListener("pointerleave", () => figure.render(figure.state));
  }
  const mark = () => {
    for (const cue of cues) {
      if (cue.dataset.focus === figure.pinned) cue.setAttribute("aria-current", "true");
      else cue.removeAttribute("aria-current");
    }
  };
  figure.addEventListener("figure-change", mark);
  mark();
}
