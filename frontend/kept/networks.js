// Networks that were written and not handed in yet, kept in this browser: neither a reload, nor a link pressed by
// accident, nor an empty battery takes them. One for each address and person; signing out forgets them all.
const PREFIX = "network:";
const MOST = 20;
const MOST_CHARACTERS = 64_000;

/** Where they are kept: a learner's until it is signed out, a visitor's as long as the tab is open. */
export const shelfOf = (person) => new Shelf(() => (person ? localStorage : sessionStorage), person);

export class Shelf {
  #open;
  #person;

  /** `open` gives a Storage, or throws where the browser keeps nothing. */
  constructor(open, person) {
    this.#open = open;
    this.#person = person;
  }

  /** What was last written at this address: { source, weights }, or null. */
  at(address) {
    return this.#try((store) => JSON.parse(store.getItem(this.#key(address))));
  }

  keep(address, { source, weights }, isSent = false) {
    const entry = JSON.stringify({ source, weights, isSent, at: Date.now() });
    if (entry.length > MOST_CHARACTERS) return;
    this.#try((store) => {
      store.setItem(this.#key(address), entry);
      const oldest = keysOf(store).sort((one, other) => JSON.parse(store[one]).at - JSON.parse(store[other]).at);
      for (const key of oldest.slice(0, -MOST)) store.removeItem(key);
    });
  }

  forget(address) {
    this.#try((store) => store.removeItem(this.#key(address)));
  }

  /** A page that only what was handed in leads to has been reached from `address`. */
  arrivedFrom(address) {
    if (this.at(address)?.isSent) this.forget(address);
  }

  #key = (address) => `${PREFIX}${this.#person}:${address}`;

  #try(act) {
    try {
      return act(this.#open());
    } catch {
      return null; // a browser that keeps nothing, or has no room left
    }
  }
}

/** Who signs out leaves no network behind for the next one at this computer. */
export function forgetNetworks(store) {
  for (const key of keysOf(store)) store.removeItem(key);
}

/** The address a page stands for, without the part that only scrolls. */
export const addressOf = ({ pathname, search }) => `${pathname}${search}`;

const keysOf = (store) => Object.keys(store).filter((key) => key.startsWith(PREFIX));
