// How often the page asks for a piece of training, and what an address of the original asks for.
const OFTEN_MS = 260;
const CALM_MS = 1000;

/** Milliseconds between pieces: four a second at most, one where movement is unwelcome. */
export const pace = () => (globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ? CALM_MS : OFTEN_MS);

/** The query that a fragment of the original's kind stands for (`#dataset=xor&seed=0.5`), or nothing. */
export function queryOf(hash) {
  const text = hash.replace(/^#/, "");
  return /^[\w-]+=/.test(text) ? `?${text}` : "";
}
