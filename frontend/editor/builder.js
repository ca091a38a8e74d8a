// The form of layers beside the text: a change of either is a change of both. The server edits the text, so that
// only the touched lines change; the answer is put into the editor as one step that can be undone.
const MOVES = /^(up|down|remove):/;

export function builderOf(form, { sourceOf, replaceText, onSubmit, onUndo, onRedo }) {
  const place = document.querySelector("[data-builder]");
  if (!place) return null;
  const figure = document.querySelector("[data-live]");
  const fault = document.querySelector("[data-builder-fault]");
  let asking = Promise.resolve();
  let pressed = { id: "", next: "" }; // the button of the last edit, and where the focus belongs after it
  let shown = place.innerHTML.trim();
  let moves = 0; // edits under way that give layers other numbers
  let isOld = false; // such an edit is in the text, and the form does not show it yet
  hideApply();

  place.addEventListener("change", ({ target }) => {
    if (target.name === "new") return;
    queue("set", { [target.name]: target.value });
  });
  for (const one of [place, figure]) {
    one.addEventListener("click", press);
    one.addEventListener("keydown", keys);
  }

  function press(event) {
    const button = event.target.closest("button[name=edit]");
    if (!button) return;
    event.preventDefault();
    const [action, index] = button.value.split(":");
    const fields = action === "add" ? { new: place.querySelector("#b-new").value } : {};
    queue(button.value, fields, { id: button.id, next: after(button.id, action, Number.parseInt(index, 10)) });
  }

  /** The keys of the editor, outside of it: Ctrl+Enter sends, Ctrl+Z takes back the last edit of any view. */
  function keys(event) {
    const isMod = event.ctrlKey || event.metaKey;
    const act = isMod && keyed(event);
    if (act) {
      event.preventDefault();
      act();
    } else if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault(); // Enter would press the form's first button
      event.target.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  function keyed({ key, shiftKey, target }) {
    if (key === "Enter") return onSubmit;
    const isTyping = target.matches("input") && target.value !== target.defaultValue; // the field has its own undo
    if (key.toLowerCase() === "z" && !isTyping) return shiftKey ? onRedo : onUndo;
    return key.toLowerCase() === "y" && !isTyping ? onRedo : null;
  }

  /**
   * One edit after another: who types a number and then presses a button at once has done two. While layers change
   * their places, the form's numbers mean other layers than they will.
   */
  function queue(action, ...rest) {
    const isMove = MOVES.test(action);
    if ((moves || isOld) && action !== "add:end")
      return tell("The layers are changing their places. Try that once more when the form shows it.");
    moves += isMove;
    asking = asking.then(async () => {
      const isDone = await edit(action, ...rest);
      moves -= isMove;
      isOld ||= isMove && isDone;
    });
  }

  /** Whether the text is another one now. */
  async function edit(action, fields, by = { id: "", next: "" }) {
    const source = sourceOf();
    try {
      const response = await fetch(form.dataset.edit, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ source, action, fields }),
      });
      if (!response.ok) throw new Error(response.statusText);
      const answer = await response.json();
      tell(source === sourceOf() ? answer.fault : "The text was changed meanwhile. Try that once more.");
      if (answer.fault || answer.source === source || source !== sourceOf()) return false;
      pressed = by;
      replaceText(answer.source);
      return true;
    } catch {
      tell("The form is out of reach for a moment. The text is still here and can be changed.");
      return false;
    }
  }

  function tell(message) {
    fault.textContent = message;
    fault.hidden = !message;
  }

  /** What had the focus has been replaced; whoever went on elsewhere meanwhile stays there. */
  function refocus(active) {
    const there = active && active !== pressed.id ? active : pressed.next || active;
    pressed = { id: "", next: "" };
    if (there && document.activeElement === document.body)
      (document.getElementById(there) ?? place.querySelector("#b-new"))?.focus();
  }

  function hideApply() {
    const apply = place.querySelector("[data-apply]");
    if (apply) apply.hidden = true;
  }

  return {
    /** The form as the text says it now; what was open stays open, and what had the focus has it again. */
    show(html) {
      const fresh = document.createElement("template");
      fresh.innerHTML = html;
      isOld = false;
      if (fresh.innerHTML.trim() === shown) return refocus(""); // what is being typed keeps its selection
      shown = fresh.innerHTML.trim();
      const open = [...place.querySelectorAll("details[open]")].map((details) => details.id);
      const active = place.contains(document.activeElement) ? document.activeElement : null;
      const typed = active?.matches("input") ? typedIn(active) : null;
      place.replaceChildren(fresh.content);
      hideApply();
      for (const id of open) place.querySelector(`#${id}`)?.setAttribute("open", "");
      refocus(active?.id ?? "");
      if (typed && document.activeElement.id === active.id) typeAgain(document.activeElement, typed);
    },
  };
}

const typedIn = ({ value, defaultValue, selectionStart, selectionEnd }) => ({ value, defaultValue, selection: [selectionStart, selectionEnd] });

/** What somebody is typing goes on in the field that took the place of theirs, with its caret or selection. */
function typeAgain(field, { value, defaultValue, selection }) {
  if (field.defaultValue === defaultValue) field.value = value;
  if (field.value === value) field.setSelectionRange(...selection);
}

/** Where the focus belongs after an edit: it stays with the layer that moved, and goes to the one that is new. */
function after(id, action, index) {
  if (action === "up") return index > 1 ? `b-up-${index - 1}` : `b-down-${index - 1}`;
  if (action === "down") return `b-down-${index + 1}`;
  if (action === "remove") return `b-remove-${Math.max(0, index - 1)}`;
  return id;
}
