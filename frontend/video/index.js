// A real video: nothing of it loads before the first click. Chapters and lines of the transcript lead to their moment,
// the spoken line is marked. Keys, with focus inside: k or Space, j and l 10 seconds, c captions, comma and period a frame.
import { keep, recall } from "../film/memory.js";
import { clock, lineAt, pieces } from "./lines.js";

const JUMP = 10;
const FRAME = 1 / 30;
const KEEP_EVERY = 5;

class Cinema {
  #isOpen = false;
  #hasFailed = false;
  #kept = 0;

  constructor(root) {
    this.root = root;
    this.video = root.querySelector("video");
    this.parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
    this.lists = ["chapters", "lines"].map((name) => this.parts[name]).filter(Boolean).map(asList);
    this.track = this.video.textTracks[0];
    this.place = `video ${location.pathname}`;
    this.#begin();
    this.#listen();
  }

  /** The poster stands before the player until it is asked for. */
  #begin() {
    const { deck, facade, find, label, speed } = this.parts;
    this.video.controls = false;
    this.video.tabIndex = -1;
    deck.hidden = facade.hidden = false;
    if (find) find.hidden = false;
    this.left = recall(this.place) ?? 0;
    if (this.left) label.textContent = `Continue at ${clock(this.left)}`;
    const kept = String(recall("video-speed") ?? "");
    if ([...speed.options].some((option) => option.value === kept)) speed.value = kept;
    this.#setSpeed();
    if (this.track && recall("video-captions")) this.track.mode = "showing";
    this.#tellCaptions();
  }

  play(at = null) {
    if (this.#hasFailed) return;
    if (!this.#isOpen) this.#open(at ?? this.left);
    else if (at !== null) this.video.currentTime = at;
    this.video.play().catch(() => {}); // what stops it comes as an error event, or was the reader's own pause
  }

  #open(at) {
    this.#isOpen = true;
    const hadFocus = this.parts.facade.contains(document.activeElement);
    this.parts.facade.hidden = true;
    this.video.controls = true;
    this.video.tabIndex = 0;
    if (at) this.video.currentTime = at;
    if (hadFocus) this.video.focus();
  }

  #toggle() {
    if (this.video.paused) this.play();
    else this.video.pause();
  }

  #move(seconds) {
    if (!this.#isOpen) return;
    const { buffered, currentTime, duration } = this.video;
    // A recording that does not tell its length is known as far as it was loaded.
    const loaded = buffered.length ? buffered.end(buffered.length - 1) : 0;
    const end = Number.isFinite(duration) ? duration : loaded;
    this.video.currentTime = Math.min(Math.max(currentTime + seconds, 0), end);
  }

  #step(seconds) {
    this.video.pause();
    this.#move(seconds);
  }

  #toggleCaptions() {
    if (!this.track) return;
    this.track.mode = this.track.mode === "showing" ? "disabled" : "showing";
  }

  #tellCaptions() {
    const isOn = this.track?.mode === "showing";
    this.parts.captions?.setAttribute("aria-pressed", String(isOn));
    return isOn;
  }

  #setSpeed() {
    this.video.defaultPlaybackRate = this.video.playbackRate = Number(this.parts.speed.value);
  }

  #listen() {
    const { captions, facade, find, speed } = this.parts;
    facade.addEventListener("click", () => this.play());
    captions?.addEventListener("click", () => this.#toggleCaptions());
    speed.addEventListener("change", () => {
      this.#setSpeed();
      keep("video-speed", speed.value);
    });
    this.video.textTracks.addEventListener("change", () => keep("video-captions", this.#tellCaptions() ? 1 : 0));
    this.video.addEventListener("timeupdate", () => this.#told());
    this.video.addEventListener("pause", () => this.#keep());
    this.video.addEventListener("ended", () => keep(this.place, 0));
    this.video.addEventListener("error", () => this.#failed());
    window.addEventListener("pagehide", () => this.#isOpen && this.#keep());
    this.root.addEventListener("click", (event) => this.#followed(event));
    this.root.addEventListener("keydown", (event) => this.#pressed(event));
    find?.addEventListener("submit", (event) => event.preventDefault());
    find?.addEventListener("input", (event) => this.#find(event.target.value));
  }

  #told() {
    const time = this.video.currentTime;
    for (const list of this.lists) mark(list, lineAt(list.moments, time), !this.video.paused);
    if (Math.abs(time - this.#kept) >= KEEP_EVERY) this.#keep();
  }

  #keep() {
    this.#kept = this.video.currentTime;
    keep(this.place, this.video.ended ? 0 : this.#kept);
  }

  /** The transcript is what is left, and reads as text. */
  #failed() {
    this.#hasFailed = true;
    this.parts.screen.hidden = this.parts.deck.hidden = true;
    for (const { items } of this.lists) for (const item of items) item.querySelector("a").removeAttribute("href");
    this.parts.failed.hidden = false;
  }

  #followed(event) {
    if (event.button > 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("[data-from] a[href]");
    if (!link) return;
    event.preventDefault();
    this.play(Number(link.parentElement.dataset.from));
  }

  #find(wanted) {
    const { items } = this.lists.at(-1);
    let count = 0;
    for (const item of items) {
      const words = item.querySelector(".words");
      const found = pieces(words.textContent, wanted);
      const isFound = found.some(([, isHit]) => isHit);
      words.replaceChildren(...found.map(([text, isHit]) => (isHit ? marked(text) : text)));
      item.hidden = wanted.trim() !== "" && !isFound;
      count += isFound;
    }
    this.parts.count.textContent = wanted.trim() ? `${count} of ${items.length} lines` : "";
  }

  #pressed(event) {
    if (this.root.dataset.shortcuts !== "on" || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.matches("input, select")) return;
    // Space is the press of whatever has the focus; the browser's own player knows it too.
    if (event.key === " " && event.target.matches("a, button, video")) return;
    const acts = {
      k: () => this.#toggle(),
      " ": () => this.#toggle(),
      j: () => this.#move(-JUMP),
      l: () => this.#move(JUMP),
      c: () => this.#toggleCaptions(),
      ",": () => this.#step(-FRAME),
      ".": () => this.#step(FRAME),
    };
    if (!acts[event.key]) return;
    event.preventDefault();
    acts[event.key]();
  }
}

function asList(root) {
  const items = [...root.children];
  return { root, items, moments: items.map((item) => ({ from: Number(item.dataset.from), to: Number(item.dataset.to) })) };
}

/** Marks the moment that is now; a long list keeps it in sight, and leaves the page where it is. */
function mark({ root, items }, now, isPlaying) {
  for (const [place, item] of items.entries()) {
    const link = item.querySelector("a");
    const isNow = place === now;
    if (isNow === link.hasAttribute("aria-current")) continue;
    if (!isNow) link.removeAttribute("aria-current");
    else link.setAttribute("aria-current", "true");
    if (isNow && isPlaying && !root.contains(document.activeElement)) {
      root.scrollTop = item.offsetTop - root.offsetTop - root.clientHeight / 3;
    }
  }
}

function marked(text) {
  const mark = document.createElement("mark");
  mark.textContent = text;
  return mark;
}

const root = document.querySelector("[data-video]");
if (root) new Cinema(root);
