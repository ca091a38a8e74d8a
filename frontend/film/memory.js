// What the browser keeps of a film: how far it was seen, by lesson, and the speed. Without storage, nothing.
export function recall(name) {
  try {
    const value = Number(localStorage.getItem(name));
    return value > 0 ? value : null;
  } catch {
    return null;
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(name, String(value));
  } catch {
    // A browser that keeps nothing plays all the same.
  }
}
