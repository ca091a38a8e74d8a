// The editor's part of what is kept in the browser: it writes down each change, and puts back what was written here last.
import { addressOf, shelfOf } from "../kept/networks.js";

const KEPT_ELSEWHERE = { found: null, showNote() {}, changed() {}, sent() {} };

/** Keeps what `now` gives, { source, weights }; a draft saves itself on the server and needs none of this. */
export function unsentOf(form, now) {
  const shelf = shelfOf(form.dataset.person);
  if (form.dataset.unsent === undefined) {
    if (document.referrer) shelf.arrivedFrom(addressOf(new URL(document.referrer)));
    return KEPT_ELSEWHERE;
  }
  const here = addressOf(location);
  const original = now();
  const isOriginal = (one) => JSON.stringify([one.source, one.weights]) === JSON.stringify([original.source, original.weights]);
  const found = form.dataset.first === undefined ? null : shelf.at(here);
  const note = form.querySelector("[data-kept]");

  return {
    /** What was written here last where it differs from what the page brings; the page then says so. */
    found: found && !isOriginal(found) ? found : null,
    showNote(beginAnew) {
      note.hidden = false;
      note.querySelector("button").addEventListener("click", () => {
        shelf.forget(here);
        note.hidden = true;
        beginAnew(original);
      });
    },
    changed() {
      const written = now();
      if (isOriginal(written)) shelf.forget(here);
      else shelf.keep(here, written);
    },
    sent: () => shelf.at(here) && shelf.keep(here, now(), true),
  };
}
