// The editor of networks: turns the form's textarea into CodeMirror and asks the engine as you type.
// Without this file the form works as it stands: the server reads the text when it is sent.
import { redo, undo } from "@codemirror/commands";
import { builderOf } from "./builder.js";
import { liveCheck } from "./check.js";
import { savedByItself } from "./drafts.js";
import { makeView, replaceRange, replaceText, showFindings, sourceOf } from "./view.js";
import { Readout } from "./readout.js";
import { unsentOf } from "./unsent.js";
import { enhanceWeights, setWeights, weightsOf } from "./weights.js";

for (const form of document.querySelectorAll("form[data-editor]")) enhance(form);

function enhance(form) {
  const area = form.querySelector("textarea");
  const readout = new Readout(form);
  let findings = [];
  const unsent = unsentOf(form, () => ({ source: area.value, weights: weightsOf(form) }));

  const check = liveCheck({
    url: form.dataset.check,
    challenge: form.dataset.challenge,
    weights: () => weightsOf(form),
    hasBuilder: document.querySelector("[data-builder]") !== null,
    onResult(result, source) {
      if (source !== sourceOf(view)) return;
      findings = result.diagnostics;
      showFindings(view, findings);
      readout.show(result);
      builder?.show(result.fragments.builder);
    },
    onSilence: (message) => readout.showSilence(message),
  });
  const saveLater = savedByItself(form);
  const view = makeView(area, {
    nonce: document.querySelector("script[nonce]")?.nonce ?? "",
    onChange(source) {
      area.value = source;
      unsent.changed();
      saveLater();
      readout.showPending();
      check(source);
    },
    vocabulary: form.dataset.vocabulary,
    onSubmit: submit,
    /** Mends the first finding on this line, else the first of all. */
    onMend(line) {
      const mendable = findings.filter((finding) => finding.fix);
      const finding = mendable.find((one) => one.line === line) ?? mendable[0];
      if (finding) replaceRange(view, finding);
      return true;
    },
  });

  function submit() {
    form.requestSubmit(form.querySelector("[data-submit]"));
  }

  const builder = builderOf(form, {
    onSubmit: submit,
    onUndo: () => undo(view),
    onRedo: () => redo(view), sourceOf: () => sourceOf(view), replaceText: (text) => replaceText(view, text) });
  form.querySelector("[data-read]")?.remove(); // the text is read while it is typed
  enhanceWeights(form, {
    onChange() {
      unsent.changed();
      readout.showPending();
      check(sourceOf(view));
    },
    onSubmit: submit,
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.name === "mend") {
      event.preventDefault();
      const finding = findings[Number(button.value)];
      if (finding?.fix) replaceRange(view, finding);
    } else if (button.matches("[data-undo]")) {
      undo(view);
      view.focus();
    } else if (button.matches("[data-redo]")) {
      redo(view);
      view.focus();
    } else if (button.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      readout.pointOut();
    }
  });
  form.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      readout.pointOut();
    } else if (button?.matches("[data-submit]")) {
      unsent.sent();
    }
  });
  if (unsent.found) {
    putBack(unsent.found);
    unsent.showNote(putBack);
  }
  check(area.value);

  function putBack({ source, weights }) {
    setWeights(form, weights);
    replaceText(view, source);
    readout.showPending();
    check(source);
  }
}
