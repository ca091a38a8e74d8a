// A draft saves itself a moment after the last change, and at once when its page is left. When another tab saved
// another text meanwhile, nothing is overwritten: the learner is told, and Save decides.
const PAUSE_MS = 1500;
const MOST_ON_LEAVING = 60_000; // bytes that a browser still sends for a page that is gone

export function savedByItself(form) {
  const saved = form.querySelector("[data-saved]");
  if (!saved) return () => {};
  const state = form.querySelector("[data-draft-state]");
  let timer = 0;
  let isWaiting = false;
  let sending = Promise.resolve();
  form.querySelector("[name=title]").addEventListener("input", later);
  form.addEventListener("submit", ({ submitter }) => submitter?.hasAttribute("formaction") || stop()); // Save saves
  addEventListener("pagehide", atOnce);
  document.addEventListener("visibilitychange", () => document.hidden && atOnce());

  function later() {
    clearTimeout(timer);
    timer = setTimeout(atOnce, PAUSE_MS);
    isWaiting = true;
  }

  function stop() {
    clearTimeout(timer);
    isWaiting = false;
  }

  /** One after the other: each names the text that the one before it has saved. */
  function atOnce() {
    if (!isWaiting) return;
    stop();
    sending = sending.then(save);
  }

  async function save() {
    const body = new URLSearchParams({
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
      source: form.elements.source.value,
      title: form.elements.title.value,
      saved: saved.value,
      autosave: "1",
    });
    try {
      const keepalive = body.toString().length < MOST_ON_LEAVING;
      const response = await fetch(form.getAttribute("action"), { method: "POST", body, keepalive });
      const answer = await response.json();
      if (response.ok) saved.value = answer.saved;
      state.textContent = response.ok ? `Saved ${new Date().toTimeString().slice(0, 5)}` : answer.told;
    } catch {
      state.textContent = "Not saved yet. Your text is still here; Save tries again.";
    }
  }
  return later;
}
