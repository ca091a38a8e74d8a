// How often the page asks for a piece of training, and what an address of the original asks for.
const OFTEN_MS = 260;
const CALM_MS = 1000;

/** Milliseconds to rest after an answer that took so long: four pieces a second at most, one where movement is
    unwelcome, and fewer where the site is busy: twice as much rest as waiting. */
export function pause(took) {
  const often = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ? CALM_MS : OFTEN_MS;
  return Math.max(often - took, 2 * took);
}

/** The query that a fragment of the original's kind stands for (`#dataset=xor&seed=0.5`), or nothing. */
export function queryOf(hash) {
  const text = hash.replace(/^#/, "");
  return /^[\w-]+=/.test(text) ? `?${text}` : "";
}
