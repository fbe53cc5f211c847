// Reads a published ledger's files, and checks all of its entries.

import { Claims } from "./claims.js";
import { canonical, parseCheckpoint, parseNote } from "./note.js";
import { Frontier, leafHash, same, widthAt } from "./tree.js";

const WIDTH = 256;
const AHEAD = 4; // bundles that are loaded while others are checked

export class Ledger {
  #tiles = new Map();

  constructor(base) {
    this.base = base;
  }

  // Loads checkpoint and key; afterwards `note`, `point` and `key` are there.
  async open() {
    this.note = parseNote(await this.#text("checkpoint"));
    this.point = parseCheckpoint(this.note.text);
    this.key = (await this.#text("key")).trim().split("\n").at(-1);
    return this;
  }

  // The hashes of a tile, as they are in this ledger now.
  readTile = async (level, n) => {
    const path = this.#path(level, n, widthAt(level, n, this.point.size));
    if (!this.#tiles.has(path)) {
      const data = await this.#bytes(path);
      const hashes = [];
      for (let at = 0; at < data.length; at += 32) {
        hashes.push(data.slice(at, at + 32));
      }
      this.#tiles.set(path, hashes);
    }
    return this.#tiles.get(path);
  };

  // Checks form, numbers, running totals and the root. `progress(done, all)` is called as it goes.
  // Returns {counts, broken, root, claims}: the totals, the place of the first wrong entry (or
  // null), whether the entries give the root that was signed, and what the department's own
  // entries claim (see claims.js).
  async checkAll(progress) {
    const size = this.point.size;
    const frontier = new Frontier();
    const counts = {};
    const seen = new Set();
    const claims = new Claims();
    let broken = null;
    for await (const [first, entries] of this.#bundles()) {
      entries.forEach((entry, i) => {
        broken ??= follows(entry, counts, seen, (line) => claims.add(first + i, line)) ? null : first + i;
      });
      await frontier.append(await Promise.all(entries.map(leafHash)));
      progress(first + entries.length, size);
    }
    const root = same(await frontier.root(), this.point.root);
    return { counts, broken, root, claims: await claims.check(await this.#text("openings")) };
  }

  async *#bundles() {
    const waiting = [];
    const all = Math.ceil(this.point.size / WIDTH);
    for (let n = 0; n < all; n++) {
      while (waiting.length < AHEAD && n + waiting.length < all) {
        waiting.push(this.#bundle(n + waiting.length));
      }
      yield [n * WIDTH, await waiting.shift()];
    }
  }

  async #bundle(n) {
    const width = widthAt(0, n, this.point.size);
    const data = await this.#bytes(this.#path("entries", n, width));
    const entries = [];
    for (let at = 0; at < data.length; ) {
      const length = data[at] * 256 + data[at + 1];
      entries.push(data.slice(at + 2, at + 2 + length));
      at += 2 + length;
    }
    if (entries.length !== width) {
      throw new Error("a bundle of entries is cut off");
    }
    return entries;
  }

  #path(level, n, width) {
    let number = String(n % 1000).padStart(3, "0");
    for (let rest = Math.floor(n / 1000); rest; rest = Math.floor(rest / 1000)) {
      number = `x${String(rest % 1000).padStart(3, "0")}/${number}`;
    }
    return `tile/${level}/${number}${width === WIDTH ? "" : `.p/${width}`}`;
  }

  async #bytes(path) {
    const answer = await fetch(this.base + path, { credentials: "omit" });
    if (!answer.ok) {
      throw new Error(`${path}: ${answer.status}`);
    }
    return new Uint8Array(await answer.arrayBuffer());
  }

  async #text(path) {
    return new TextDecoder().decode(await this.#bytes(path));
  }
}

// Whether an entry is the next one: canonical, its number one higher, the totals right, counted
// once. Adds it to `counts` and `seen`, and tells what it says.
function follows(entry, counts, seen, tell) {
  try {
    const text = new TextDecoder().decode(entry);
    const said = JSON.parse(text);
    counts[said.t] = (counts[said.t] ?? 0) + 1;
    const right = { c: counts, d: said.d, k: said.k, n: counts[said.t], t: said.t, v: 1 };
    const fresh = !seen.has(said.k);
    seen.add(said.k);
    tell(said);
    return fresh && text === canonical(right);
  } catch {
    return false;
  }
}
