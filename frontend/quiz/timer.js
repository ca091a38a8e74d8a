// The time that is left, in words that can be hidden; three warnings; at the end what is typed is sent, then the
// attempt is finished. The server has the last word about all of it.
import { Countdown, due, face } from "./countdown.js";

const HIDDEN = "quiz-timer-hidden";
const NOTE = 10_000; // how long a warning stands; the last one stays
const OTHER_TABS = 1500; // they send what was typed there at the same moment
const RETRY = 3000;

const remembered = (store, name) => {
  try {
    return store().getItem(name);
  } catch {
    return null; // a browser that keeps nothing
  }
};
const remember = (store, name, value) => {
  try {
    store().setItem(name, value);
  } catch {
    // then it is asked again
  }
};

export class Timer {
  constructor(part, saves) {
    this.part = part;
    this.saves = saves;
    this.face = part.querySelector(".timer-face");
    this.note = part.querySelector("[data-timer-note]");
    this.toggle = part.querySelector("[data-timer-toggle]");
    this.given = `quiz-timer-given-${part.dataset.attempt}`;
    this.countdown = new Countdown(Number(part.dataset.quizTimer), performance.now());
    this.toggle.hidden = false;
    this.show(remembered(() => localStorage, HIDDEN) !== "yes");
    this.toggle.addEventListener("click", () => this.pressed());
    document.addEventListener("visibilitychange", () => document.hidden || this.ask());
    this.tick();
    this.ticking = setInterval(() => this.tick(), 250);
  }

  pressed() {
    this.show(this.face.hidden);
    remember(() => localStorage, HIDDEN, this.face.hidden ? "yes" : "no");
  }

  show(isShown) {
    this.face.hidden = !isShown;
    this.toggle.textContent = isShown ? "Hide the time" : "Show the time";
  }

  sync(seconds) {
    if (seconds === undefined) return;
    this.countdown.sync(seconds, performance.now());
    const least = Number(remembered(() => sessionStorage, this.given) ?? Infinity);
    if (seconds > least) remember(() => sessionStorage, this.given, Infinity); // there is more time than there was
  }

  // After a sleep the count may have stood still.
  async ask() {
    if (this.isOver) return;
    const reply = await fetch(location.pathname, { headers: { Accept: "application/json" } }).catch(() => null);
    if (reply?.ok) this.sync((await reply.json()).seconds_left);
  }

  tick() {
    const left = this.countdown.left(performance.now());
    const text = face(left);
    if (this.face.textContent !== text) this.face.textContent = text;
    this.warn(left);
    if (left === 0) this.end();
  }

  warn(left) {
    const warning = due(left, Number(remembered(() => sessionStorage, this.given) ?? Infinity));
    if (!warning || this.warned === warning[0]) return;
    [this.warned] = warning;
    remember(() => sessionStorage, this.given, this.warned);
    this.tell(warning[1], this.warned === 20);
    if (this.warned !== 20) setTimeout(() => this.tell("", false), NOTE);
  }

  tell(text, isLast) {
    this.note.textContent = text;
    this.part.classList.toggle("ending", isLast);
  }

  async end() {
    clearInterval(this.ticking);
    if (this.isOver) return;
    this.isOver = true;
    this.tell("Time is over. What you typed is being sent.", true);
    while (!(await this.sent())) await new Promise((done) => setTimeout(done, RETRY));
    setTimeout(() => this.part.querySelector("[data-timer-end]").requestSubmit(), OTHER_TABS);
  }

  async sent() {
    const done = await Promise.all(this.saves.map((save) => save.flush()));
    return done.every(Boolean);
  }
}
