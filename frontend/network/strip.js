// On a phone the figure scrolls away above the text; a strip at the foot of the window then tells its state and
// leads back to it. It is a link to the figure, so the browser's own Back returns to the place in the text.
import * as words from "./words.js";

export class Strip {
  /** link: the strip's element; figure: what must be out of sight for it to show. */
  constructor(link, figure) {
    this.link = link;
    const [name, told] = link.querySelectorAll("span");
    Object.assign(this, { figure, name, told });
    new IntersectionObserver(() => this.#place(), { threshold: [0, 0.1, 0.2, 0.3] }).observe(figure);
  }

  update(view) {
    this.name.textContent = words.headline(view);
    this.told.textContent = view.focus
      ? words.plain(words.sumSentence(view, view.focus))
      : words.stepSentence(view);
  }

  /** Whether the reader sees the strip instead of the figure. */
  get isShown() {
    this.#place();
    return this.link.getClientRects().length > 0;
  }

  #place() {
    const { bottom } = this.figure.getBoundingClientRect();
    this.link.hidden = bottom > innerHeight / 4;
  }
}
