// On a phone the figure scrolls away above the text; a strip at the foot of the window then tells its state and
// leads back to it. It is a link to the figure, so the browser's own Back returns to the place in the text.
import * as words from "./words.js";

export class Strip {
  /** link: the strip's element; figure: what must be out of sight for it to show. */
  constructor(link, figure) {
    this.link = link;
    const [name, told] = link.querySelectorAll("span");
    Object.assign(this, { name, told });
    new IntersectionObserver(([entry]) => {
      const isPassed = !entry.isIntersecting && entry.boundingClientRect.bottom < entry.rootBounds.height / 2;
      link.hidden = !isPassed;
    }).observe(figure);
  }

  update(view) {
    this.name.textContent = words.headline(view);
    this.told.textContent = view.focus
      ? words.plain(words.sumSentence(view, view.focus))
      : words.stepSentence(view);
  }

  /** Whether the reader sees the strip instead of the figure. */
  get isShown() {
    return this.link.getClientRects().length > 0;
  }
}
