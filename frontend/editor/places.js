// The engine counts lines and columns from 1 and columns in code points; CodeMirror counts UTF-16 units from 0.

/** The editor's range for a finding; never outside the document, and never empty while there is a character to mark. */
export function rangeOf(doc, { line, column, end_line: endLine, end_column: endColumn }) {
  const from = offset(doc, line, column);
  const to = Math.max(from, offset(doc, endLine, endColumn));
  if (from < to || doc.length === 0) return { from, to };
  return from < doc.lineAt(from).to ? { from, to: from + 1 } : { from: Math.max(doc.lineAt(from).from, from - 1), to };
}

function offset(doc, line, column) {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const before = [...at.text].slice(0, Math.max(column, 1) - 1).join("");
  return at.from + before.length;
}
