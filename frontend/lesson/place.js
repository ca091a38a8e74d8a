// Where the reader stopped: told to the server for a learner, kept in this browser for a visitor.
const READING_LINE = 0.4; // of the window's height: a heading above it has been reached
const HEADINGS = ":scope > :is(h2, h3, h4)[id]"; // the text's own, not those of its blocks

/** The last heading above the reading line, or null before the first. */
export const reached = (headings, line) => headings.findLast((one) => one.getBoundingClientRect().top < line) ?? null;

const here = (text) => reached([...text.querySelectorAll(HEADINGS)], innerHeight * READING_LINE);
const key = () => `place:${location.pathname}`;

const tell = (address, heading) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  const body = new URLSearchParams({ heading });
  // It goes out as the page is left; without a network the older place simply stays.
  fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, body, keepalive: true }).catch(() => {});
};

const keep = (heading) => {
  try {
    localStorage.setItem(key(), heading);
  } catch {
    // A browser that keeps nothing offers no place to continue at.
  }
};

const kept = () => {
  try {
    return localStorage.getItem(key());
  } catch {
    return null;
  }
};

const offer = (resume, text) => {
  const heading = text.querySelector(`#${CSS.escape(kept() || "-")}`);
  if (!heading) return;
  const link = resume.querySelector("a");
  link.href = `#${heading.id}`;
  link.textContent = heading.textContent;
  resume.hidden = false;
};

export const enhancePlace = (root) => {
  const resume = root.querySelector("[data-resume]");
  const text = root.querySelector("[data-lesson-text]");
  if (!resume || !text) return;
  const address = resume.dataset.place;
  if (!address) offer(resume, text);
  let hasMoved = false;
  let last = null;
  const save = () => {
    // Whoever leaves at once after moving is gone before the browser tells of it.
    const heading = hasMoved || scrollY > 0 ? here(text) : null;
    if (!heading || heading.id === last) return;
    last = heading.id;
    if (address) tell(address, last);
    else keep(last);
  };
  addEventListener("scroll", () => (hasMoved = true), { passive: true, once: true });
  addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
};
