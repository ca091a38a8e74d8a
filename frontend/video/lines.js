// The transcript as data: which line is spoken at a time, and where a word stands in a text. Free of the page.

/** The place of the line spoken at `time`, or -1. Lines are {from, to} in the order of their beginnings. */
export function lineAt(lines, time) {
  const place = lines.findLastIndex((line) => line.from <= time);
  return place >= 0 && time < lines[place].to ? place : -1;
}

/** The text in pieces, [words, isFound]; one piece where nothing is wanted or found. */
export function pieces(text, wanted) {
  const word = wanted.trim().toLowerCase();
  const low = text.toLowerCase();
  if (!word || low.length !== text.length) return [[text, word !== "" && low.includes(word)]];
  const found = [];
  let from = 0;
  for (let at = low.indexOf(word); at >= 0; at = low.indexOf(word, from)) {
    if (at > from) found.push([text.slice(from, at), false]);
    from = at + word.length;
    found.push([text.slice(at, from), true]);
  }
  if (from < text.length || !found.length) found.push([text.slice(from), false]);
  return found;
}

/** Hours where there are any, minutes and seconds: 1:05. The mirror of course/video/showing.py. */
export function clock(time) {
  const whole = Math.floor(time);
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`;
}
