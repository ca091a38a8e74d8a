// What stands around the editor: the findings below it, what was understood beside it, and whether Submit is open.
export class Readout {
  #form;
  #findings;
  #live;
  #why;
  #say;
  #submit;
  #spoken = "";

  constructor(form) {
    this.#form = form;
    this.#findings = form.querySelector("[data-findings]");
    this.#why = form.querySelector("[data-why]");
    this.#say = form.querySelector("[data-say]");
    this.#submit = form.querySelector("[data-submit]");
    this.#live = document.querySelector("[data-live]");
    form.querySelector(".editor-text").after(this.#findings); // right below the line they speak of
    for (const tool of form.querySelectorAll("[data-undo], [data-redo]")) tool.hidden = false;
  }

  show(result) {
    this.#findings.innerHTML = result.fragments.findings;
    this.#live.innerHTML = result.fragments.live;
    this.#live.removeAttribute("aria-busy");
    this.#showWeights(result.fragments.weights);
    for (const part of ["criteria", "examples"]) replaceOpen(document.querySelector(`[data-${part}]`), result.fragments[part]);
    this.#open(result.diagnostics.length === 0, result.fragments.why);
    this.#announce(result.fragments.spoken);
  }

  showPending() {
    this.#live.setAttribute("aria-busy", "true");
  }

  showSilence(message) {
    this.#live.removeAttribute("aria-busy");
    this.#open(true, message);
    this.#announce(message);
  }

  /** Answers a press on a closed Submit: the first finding is what to look at. */
  pointOut() {
    const first = this.#findings.querySelector("h3");
    if (!first) return;
    first.tabIndex = -1;
    first.focus();
    first.scrollIntoView({ block: "nearest" });
  }

  /** New tables only when the network has other weights: what is being typed stays under the cursor. */
  #showWeights(html) {
    const place = this.#form.querySelector("[data-weights]");
    if (!place || !html) return;
    const fresh = document.createRange().createContextualFragment(html);
    const signature = (node) => node.querySelector("[data-signature]")?.dataset.signature;
    if (signature(fresh) !== signature(place)) return place.replaceChildren(fresh);
    const fault = fresh.querySelector(".fault");
    place.querySelector(".fault")?.remove();
    if (fault) place.querySelector(".weights").prepend(fault);
    const bad = new Set([...fresh.querySelectorAll("[aria-invalid]")].map((field) => field.name));
    for (const field of place.querySelectorAll("input")) {
      field.toggleAttribute("aria-invalid", false);
      if (bad.has(field.name)) field.setAttribute("aria-invalid", "true");
    }
  }

  #open(isOpen, why) {
    this.#why.textContent = why;
    if (!this.#submit?.hasAttribute("data-needs-reading")) return;
    if (isOpen) this.#submit.removeAttribute("aria-disabled");
    else this.#submit.setAttribute("aria-disabled", "true");
    this.#submit.classList.toggle("go", isOpen);
  }

  #announce(sentence) {
    if (sentence === this.#spoken) return;
    this.#spoken = sentence;
    this.#say.textContent = sentence;
  }
}

/** Puts new HTML in a place; tables that were opened in it stay open. */
function replaceOpen(place, html) {
  if (!place || !html) return;
  const wasOpen = [...place.querySelectorAll("details")].map((one) => one.open);
  place.innerHTML = html;
  place.querySelectorAll("details").forEach((one, at) => (one.open = wasOpen[at] ?? false));
}
