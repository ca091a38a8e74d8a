// The film's player. It plays a storyboard on the page's own figure and never begins by itself; touching the figure
// pauses it, and going on leads back to the scene. Keys, with focus inside: k or Space plays, j and l go 10 seconds.
import { keep, recall } from "./memory.js";
import { clock, lengthOf, placeAt, withTimes } from "./timeline.js";

const TICK_MS = 200;
const JUMP = 10;

class Player {
  #timer = null;
  #ticked = 0;
  #shown = "";
  #isTouched = false;

  constructor(root, figure) {
    Object.assign(this, { root, figure });
    this.scenes = withTimes(JSON.parse(root.querySelector('script[type="application/json"]').textContent).scenes);
    this.length = lengthOf(this.scenes);
    this.parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
    this.slider = this.parts.seek.querySelector("input");
    this.speed = this.parts.speed.querySelector("select");
    this.place = `film ${location.pathname}`;
    this.#listen();
    this.#begin();
  }

  get #isPlaying() {
    return this.#timer !== null;
  }

  /** Everything the script adds appears; the film stands where its address says, or where it was left. */
  #begin() {
    for (const name of ["seek", "play", "speed", "hint"]) this.parts[name]?.removeAttribute("hidden");
    this.#isTouched = !this.parts.back.hidden;
    this.parts.back.hidden = true;
    const speed = String(recall("film-speed") ?? "");
    if ([...this.speed.options].some((option) => option.value === speed)) this.speed.value = speed;
    const asked = Number(new URLSearchParams(location.search).get("scene")) - 1;
    const left = recall(this.place);
    if (!this.scenes[asked] && left && left < this.length) this.seek(left);
    else this.#stand(this.scenes[asked] ? asked : 0);
  }

  /** At the beginning of a scene, with the figure as the page came. */
  #stand(scene) {
    this.time = this.scenes[scene].at;
    this.#tell(scene);
  }

  /** Goes to a time in seconds and shows it. */
  seek(time) {
    this.time = Math.min(Math.max(time, 0), this.length);
    this.#isTouched = false;
    this.#shown = "";
    this.#draw();
  }

  play() {
    const isOver = this.time >= this.length;
    if (isOver || this.#isTouched) this.seek(isOver ? 0 : this.time);
    this.#ticked = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#draw();
  }

  pause() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#tell(placeAt(this.scenes, this.time).scene);
    keep(this.place, this.time < this.length ? this.time : 0);
  }

  toggle() {
    if (this.#isPlaying) this.pause();
    else this.play();
  }

  #tick() {
    const now = performance.now();
    this.time = Math.min(this.time + ((now - this.#ticked) / 1000) * Number(this.speed.value), this.length);
    this.#ticked = now;
    this.#draw();
    if (this.time >= this.length) this.pause();
  }

  #draw() {
    const { scene, state } = placeAt(this.scenes, this.time);
    if (this.#shown !== `${scene}.${state}`) {
      const { states, start } = this.scenes[scene];
      // The address names the scene before the figure draws, for the figure's links begin there.
      history.replaceState(null, "", `?tab=video&scene=${scene + 1}${location.hash}`);
      this.figure.show(states[state], start);
      this.#shown = `${scene}.${state}`;
    }
    this.#tell(scene);
  }

  /** Caption, chapters, slider, button: all that is told of the film beside the figure. */
  #tell(number) {
    const scene = this.scenes[number];
    const [where, caption] = this.parts.caption.children;
    const title = `Scene ${number + 1} of ${this.scenes.length}: ${scene.title}`;
    if (where.textContent !== title) {
      where.textContent = title;
      caption.textContent = scene.caption;
    }
    const time = `${clock(this.time)} of ${clock(this.length)}`;
    this.parts.time.textContent = time;
    this.slider.value = String(Math.floor(this.time));
    this.slider.setAttribute("aria-valuetext", `${time}, ${title}`);
    const label = this.#isTouched && !this.#isPlaying ? "Continue" : this.#isPlaying ? "Pause" : "Play";
    const words = this.parts.play.querySelector("span");
    if (words.textContent !== label) words.textContent = label;
    this.parts.play.toggleAttribute("data-playing", this.#isPlaying);
    this.#mark(number);
  }

  #mark(number) {
    for (const link of this.root.querySelectorAll("[data-scene]")) {
      if (Number(link.dataset.scene) === number + 1) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    for (const told of document.querySelectorAll("[data-told]")) {
      told.classList.toggle("now", Number(told.dataset.told) === number + 1);
    }
    for (const link of this.root.querySelectorAll("[data-by]")) {
      const to = number + Number(link.dataset.by) + 1;
      const target = this.root.querySelector(`[data-scene="${to}"]`);
      if (target) {
        link.href = target.href;
        link.removeAttribute("aria-disabled");
        link.removeAttribute("role");
      } else {
        link.removeAttribute("href");
        link.setAttribute("role", "link");
        link.setAttribute("aria-disabled", "true");
      }
    }
  }

  #listen() {
    this.parts.play.addEventListener("click", () => this.toggle());
    this.slider.addEventListener("input", () => this.seek(Number(this.slider.value)));
    this.speed.addEventListener("change", () => keep("film-speed", this.speed.value));
    this.root.addEventListener("keydown", (event) => this.#pressed(event));
    document.addEventListener("click", (event) => this.#followed(event));
    const touch = () => this.#isPlaying && this.#touched();
    this.figure.addEventListener("pointerdown", touch);
    this.figure.addEventListener("focusin", touch);
    this.figure.addEventListener("figure-change", () => this.#touched());
    window.addEventListener("pagehide", () => this.#isPlaying && this.pause());
  }

  #touched() {
    this.#isTouched = true;
    this.pause();
  }

  /** A chapter, a moment of the transcript, the scene before or after. */
  #followed(event) {
    if (event.defaultPrevented || event.button > 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a[data-scene], a[data-by][href]");
    if (!link) return;
    event.preventDefault();
    const now = placeAt(this.scenes, this.time).scene;
    const number = link.dataset.scene ? Number(link.dataset.scene) - 1 : now + Number(link.dataset.by);
    this.seek(this.scenes[number].at);
    document.getElementById("film").scrollIntoView({ block: "nearest" });
  }

  #pressed(event) {
    if (this.root.dataset.shortcuts !== "on" || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.target.matches("select") || (event.key === " " && event.target.matches("a, button"))) return;
    if (event.key === "k" || event.key === " ") this.toggle();
    else if (event.key === "j") this.seek(this.time - JUMP);
    else if (event.key === "l") this.seek(this.time + JUMP);
    else return;
    event.preventDefault();
  }
}

const root = document.querySelector("[data-film]");
const figure = document.querySelector("network-figure");
if (root && figure) customElements.whenDefined("network-figure").then(() => new Player(root, figure));
