// CodeMirror, set up for Keras text: colors by class, findings as wavy lines, Tab that can be left.
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, RangeSet, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  drawSelection,
  EditorView,
  gutterLineClass,
  GutterMarker,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";
import { completions } from "./completion.js";
import { rangeOf } from "./places.js";

const colors = tagHighlighter([
  { tag: tags.keyword, class: "k" },
  { tag: tags.operatorKeyword, class: "k" },
  { tag: tags.string, class: "s" },
  { tag: tags.number, class: "d" },
  { tag: tags.bool, class: "d" },
  { tag: tags.comment, class: "c" },
]);

const badLine = Decoration.line({ class: "cm-bad" });
const badNumber = new (class extends GutterMarker {
  elementClass = "cm-bad-number";
})();

/** Starts of lines with a finding; they move along with the text until the next reading. */
const setBadLines = StateEffect.define();
const badLines = StateField.define({
  create: () => ({ lines: Decoration.none, numbers: RangeSet.empty }),
  update({ lines, numbers }, transaction) {
    const effect = transaction.effects.find((one) => one.is(setBadLines));
    if (!effect) return { lines: lines.map(transaction.changes), numbers: numbers.map(transaction.changes) };
    return {
      lines: Decoration.set(effect.value.map((start) => badLine.range(start))),
      numbers: RangeSet.of(effect.value.map((start) => badNumber.range(start))),
    };
  },
  provide: (field) => [
    EditorView.decorations.from(field, (value) => value.lines),
    gutterLineClass.from(field, (value) => value.numbers),
  ],
});

export function makeView(area, { nonce, vocabulary, onChange, onSubmit, onMend }) {
  const isNarrow = matchMedia("(max-width: 47.99rem)").matches;
  const state = EditorState.create({
    doc: area.value,
    extensions: [
      EditorView.cspNonce.of(nonce),
      lineNumbers(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      indentUnit.of("    "),
      pythonLanguage,
      syntaxHighlighting(colors),
      EditorView.domEventHandlers({ beforeinput: replaceSelection }),
      badLines,
      isNarrow ? EditorView.lineWrapping : [],
      autocompletion({ override: [completions(vocabulary)], icons: false }),
      keymap.of([
        { key: "Mod-Enter", run: () => (onSubmit(), true) },
        { key: "Mod-.", run: ({ state }) => onMend(state.doc.lineAt(state.selection.main.head).number) },
        ...completionKeymap,
        ...lintKeymap,
        ...defaultKeymap,
        ...historyKeymap,
        indentWithTab,
      ]),
      EditorView.contentAttributes.of({
        "aria-label": area.labels[0]?.textContent.trim() ?? "Keras text",
        "aria-describedby": area.getAttribute("aria-describedby") ?? "",
        autocapitalize: "off",
        autocorrect: "off",
        spellcheck: "false",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
    ],
  });
  const view = new EditorView({ state });
  area.after(view.dom);
  area.hidden = true;
  area.form.classList.add("is-live");
  if (document.activeElement === area) view.focus();
  return view;
}

/** Chromium keeps the style of a selection it types over in style attributes, which the page's policy forbids. */
function replaceSelection(event, view) {
  const { selection } = view.state;
  const isOurs = event.inputType === "insertText" && event.data && !view.composing && !selection.main.empty;
  if (!isOurs) return false;
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
  event.preventDefault();
  return true;
}

export function sourceOf(view) {
  return view.state.doc.toString();
}

/** Marks each finding at its exact place, and its line; what mends it can be pressed where it is told. */
export function showFindings(view, findings) {
  const { doc } = view.state;
  const marks = findings.map((finding) => ({
    ...rangeOf(doc, finding),
    severity: "error",
    message: [finding.message, finding.hint].filter(Boolean).join(" "),
    actions: finding.fix ? [{ name: `Change to ${finding.fix}`, apply: () => replaceRange(view, finding) }] : [],
  }));
  const starts = [...new Set(marks.map((mark) => doc.lineAt(mark.from).from))].sort((a, b) => a - b);
  view.dispatch(setDiagnostics(view.state, marks), {
    effects: setBadLines.of(starts),
  });
}

/** Puts a finding's fix in its place, as one step that can be undone. */
export function replaceRange(view, finding) {
  const { from, to } = rangeOf(view.state.doc, finding);
  view.dispatch({
    changes: { from, to, insert: finding.fix },
    selection: { anchor: from + finding.fix.length },
    scrollIntoView: true,
    userEvent: "input.mend",
  });
  view.focus();
}

/** Makes the text another one, touching only what differs; one step that can be undone. */
export function replaceText(view, text) {
  const now = sourceOf(view);
  let from = 0;
  while (from < now.length && now[from] === text[from]) from++;
  let end = 0;
  while (end < Math.min(now.length, text.length) - from && now.at(-1 - end) === text.at(-1 - end)) end++;
  view.dispatch({ changes: { from, to: now.length - end, insert: text.slice(from, text.length - end) }, userEvent: "input.form" });
}
