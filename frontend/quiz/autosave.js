// Sends the answer 800 ms after the last change and at once when the field is left. Each save carries the version
// it follows: when another tab saved meanwhile, the server keeps both, and the learner picks which one stays.
const PAUSE = 800;
const RETRY = 5000;

export class Autosave {
  onTime = () => {}; // hears how many seconds are left, where time is limited

  // `part` is a form with one question, or one question's part of a form with all: its names have a prefix then.
  constructor(part) {
    const form = part.closest("form");
    this.form = form;
    this.prefix = part.dataset.quizPart;
    this.address = part.dataset.address ?? form.getAttribute("action"); // form.action is the button of that name
    this.shared = ["csrfmiddlewaretoken", "tab"];
    this.field = form.elements[`${this.prefix}version`];
    this.version = this.field.value;
    this.others = Number(part.dataset.others); // shown on the page already
    this.said = part.querySelector("[data-quiz-saved]");
    this.conflict = part.querySelector("[data-quiz-conflict]");
    this.sent = this.served();
    this.busy = false;
    this.isFailing = false;
    this.timer = 0;
    part.addEventListener("input", () => this.later(PAUSE));
    part.addEventListener("change", () => this.later(0));
    form.addEventListener("submit", () => this.stop());
    window.addEventListener("online", () => this.later(0));
    window.addEventListener("beforeunload", (event) => this.hold(event));
    window.addEventListener("pagehide", () => this.leave());
    part.querySelector("[data-quiz-choose]").addEventListener("click", () => this.choose());
    if (this.typed() !== this.sent) this.later(PAUSE);
  }

  // What the page came with: who is quicker than this script has typed something already.
  served() {
    const plain = this.form.cloneNode(true);
    plain.reset();
    return this.entries(plain).toString();
  }

  typed() {
    return this.entries().toString();
  }

  // Whether the server has what is typed, after trying once: a reply of any kind is its word.
  async flush() {
    clearTimeout(this.timer);
    while (this.busy) await new Promise((done) => setTimeout(done, 50));
    await this.save();
    return this.isStopped || this.typed() === this.sent;
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  // The form itself is on its way: a save still under way would come second, and be refused.
  stop() {
    clearTimeout(this.timer);
    this.isStopped = true;
    this.field.value = this.version;
    this.flight?.abort();
  }

  entries(form = this.form) {
    const found = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (name.startsWith(this.prefix)) found.append(name.slice(this.prefix.length), value);
      else if (this.shared.includes(name)) found.append(name, value);
    }
    return found;
  }

  body() {
    const body = this.entries();
    body.set("version", this.version);
    return body;
  }

  async save() {
    const typed = this.typed();
    if (this.isStopped || typed === this.sent) return;
    if (this.busy) {
      this.later(PAUSE);
      return;
    }
    this.busy = true;
    this.flight = new AbortController();
    try {
      const reply = await fetch(this.address, {
        method: "POST",
        body: this.body(),
        headers: { Accept: "application/json" },
        signal: this.flight.signal,
      });
      this.read(reply.status, await reply.json(), typed);
      this.isFailing = false;
    } catch {
      if (!this.isStopped) {
        this.isFailing = true;
        this.tell("Not sent yet. It stays here and is sent when the connection is back.", true);
        this.later(RETRY);
      }
    }
    this.busy = false;
  }

  read(status, reply, typed) {
    if (status === 200) {
      this.version = reply.version;
      this.sent = typed;
      this.onTime(reply.seconds_left);
      this.tell(`Saved ${reply.saved_at}`, false);
      if (reply.others > this.others) this.warn();
    } else if (status === 409) {
      location.reload();
    } else if (status === 401) {
      this.tell("You are signed out. Check the answer: it is kept while you sign in.", true);
    } else {
      throw new Error(`status ${status}`);
    }
  }

  warn() {
    this.conflict.hidden = false;
    this.conflict.querySelector("span").textContent =
      "Another tab answered this too. Both answers are kept; what you typed last counts.";
  }

  // The server shows the other answers; the address brings the focus there.
  choose() {
    const there = this.conflict.dataset.quizConflict; // a page of that question alone
    if (there) {
      location.assign(there);
      return;
    }
    history.replaceState(null, "", "#conflict");
    location.reload();
  }

  // When the last save failed, what was typed is nowhere but here: then the browser asks before the page is left.
  hold(event) {
    if (!this.isFailing || this.typed() === this.sent) return;
    event.preventDefault();
    setTimeout(() => {
      this.isStopped = false; // the learner stayed
      this.later(0);
    });
  }

  // A page that is left with something unsent hands it to the browser, which delivers it by itself.
  leave() {
    if (this.isStopped || this.typed() === this.sent) return;
    fetch(this.address, {
      method: "POST",
      body: this.body(),
      headers: { Accept: "application/json" },
      keepalive: true,
    });
  }

  tell(text, isUnsent) {
    if (this.said.textContent !== text) this.said.textContent = text;
    this.said.classList.toggle("unsent", isUnsent);
  }
}
