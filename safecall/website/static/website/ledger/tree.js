// The tree of RFC 6962 with Web Crypto: hashes, inclusion proofs, roots from tiles of 256 hashes.
// All functions that hash are asynchronous, because Web Crypto is.

const WIDTH = 256;

export async function sha256(...parts) {
  const data = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data));
}

export const leafHash = (entry) => sha256([0], entry);
export const nodeHash = (left, right) => sha256([1], left, right);
export const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

// The root of complete subtrees, the largest (leftmost) first.
export async function join(roots) {
  let made = roots.at(-1);
  for (const root of roots.slice(0, -1).reverse()) {
    made = await nodeHash(root, made);
  }
  return made ?? sha256();
}

// The root over a number of hashes that is a power of two.
export async function top(hashes) {
  while (hashes.length > 1) {
    const pairs = [];
    for (let i = 0; i < hashes.length; i += 2) {
      pairs.push(nodeHash(hashes[i], hashes[i + 1]));
    }
    hashes = await Promise.all(pairs);
  }
  return hashes[0];
}

// Grows by hashes of entries; keeps the roots of complete subtrees only.
export class Frontier {
  #roots = []; // [entries below, root], the largest first

  async append(hashes) {
    while (hashes.length) {
      const count = 2 ** Math.floor(Math.log2(Math.min(hashes.length, this.#fits())));
      this.#roots.push([count, await top(hashes.slice(0, count))]);
      hashes = hashes.slice(count);
      while (this.#roots.length > 1 && this.#roots.at(-1)[0] === this.#roots.at(-2)[0]) {
        const [count, right] = this.#roots.pop();
        const [, left] = this.#roots.pop();
        this.#roots.push([count * 2, await nodeHash(left, right)]);
      }
    }
  }

  // The largest complete subtree that can follow.
  #fits() {
    return this.#roots.length ? this.#roots.at(-1)[0] : Number.MAX_SAFE_INTEGER;
  }

  root() {
    return join(this.#roots.map(([, root]) => root));
  }
}

// RFC 9162, 2.1.3.2: whether the proof leads from an entry's hash to the root.
export async function included(index, size, leaf, proof, root) {
  if (index >= size) {
    return false;
  }
  let here = index;
  let last = size - 1;
  let made = leaf;
  for (const step of proof) {
    if (last === 0) {
      return false;
    }
    if (here % 2 || here === last) {
      made = await nodeHash(step, made);
      while (here % 2 === 0 && here) {
        here = Math.floor(here / 2);
        last = Math.floor(last / 2);
      }
    } else {
      made = await nodeHash(made, step);
    }
    here = Math.floor(here / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && same(made, root);
}

// The root that a ledger had at `size`; `readTile(level, n)` gives the hashes that are there now.
export async function rootAt(size, readTile) {
  const roots = [];
  for (let lo = 0; lo < size; ) {
    let height = Math.floor(Math.log2(size - lo));
    const count = 2 ** height;
    const level = Math.floor(height / 8);
    const first = lo / WIDTH ** level;
    height -= level * 8;
    const hashes = await readTile(level, Math.floor(first / WIDTH));
    const from = first % WIDTH;
    roots.push(await top(hashes.slice(from, from + 2 ** height)));
    lo += count;
  }
  return join(roots);
}

// How many hashes (or entries, at level 0) the n-th tile of a level has.
export function widthAt(level, n, size) {
  return Math.max(0, Math.min(WIDTH, Math.floor(size / WIDTH ** level) - n * WIDTH));
}
