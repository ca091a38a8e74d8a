// A draft saves itself a moment after the last change. When another tab saved another text meanwhile, nothing is
// overwritten: the learner is told, and Save decides.
const PAUSE_MS = 1500;

export function savedByItself(form) {
  const saved = form.querySelector("[data-saved]");
  if (!saved) return () => {};
  const state = form.querySelector("[data-draft-state]");
  let timer = 0;
  let isSaving = false;
  form.querySelector("[name=title]").addEventListener("input", later);

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE_MS);
  }

  async function save() {
    if (isSaving) return later(); // the answer under way brings the version that the next one follows
    isSaving = true;
    const body = new URLSearchParams({
      csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
      source: form.elements.source.value,
      title: form.elements.title.value,
      saved: saved.value,
      autosave: "1",
    });
    try {
      const response = await fetch(form.getAttribute("action"), { method: "POST", body });
      const answer = await response.json();
      if (response.ok) saved.value = answer.saved;
      state.textContent = response.ok ? `Saved ${new Date().toTimeString().slice(0, 5)}` : answer.told;
    } catch {
      state.textContent = "Not saved yet. Your text is still here; Save tries again.";
    }
    isSaving = false;
  }
  return later;
}
