// Seconds left by a clock that nobody can set: the server says how many there are, and a count of milliseconds since
// the page began, never the time of day, tells how many have gone since then.
export const WARNINGS = [
  [300, "5 minutes left."],
  [60, "1 minute left."],
  [20, "20 seconds left. What you typed is sent by itself at the end."],
];
const LATE = 2; // a warning that comes later than this says "less than"

export class Countdown {
  constructor(seconds, now) {
    this.sync(seconds, now);
  }

  // What the server says holds, more or less: more time may have been given meanwhile.
  sync(seconds, now) {
    this.seconds = seconds;
    this.since = now;
  }

  left(now) {
    return Math.max(0, this.seconds - (now - this.since) / 1000);
  }
}

// The warning that is due now, if it was not given: `given` is the least of those given, in seconds.
export const due = (left, given) => {
  const found = WARNINGS.findLast(([seconds]) => left <= seconds && seconds < given && left > 0);
  if (!found) return null;
  const [seconds, text] = found;
  return left > seconds - LATE ? found : [seconds, `Less than ${text}`];
};

// "1:02:03 left", "12:34 left", "0:07 left": a second counts until it is over.
export const face = (left) => {
  const whole = Math.ceil(left);
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds)} left`;
};
