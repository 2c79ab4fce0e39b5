// Tiles and bundles: a log as files, its roots computed from its entries (docs/formats/tiles.md).

import { refuse } from "./refusal.js";
import { emptyRoot, leafHash, nodeHash } from "./tree.js";

/** How many hashes a full tile holds, and how many entries a full bundle. */
export const WIDTH = 256;

function pathOf(kind, index, width) {
  const groups = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return `tile/${kind}/${groups.join("/")}${width === WIDTH ? "" : `.p/${width}`}`;
}

export const tilePath = (level, index, width) => pathOf(String(level), index, width);
export const entriesPath = (index, width) => pathOf("entries", index, width);

/** The entries of a bundle that holds exactly `count`. */
export function decodeBundle(bytes, count, path) {
  const entries = [];
  let at = 0;
  for (let place = 0; place < count; place++) {
    const end = at + 2 + bytes[at] * 256 + bytes[at + 1];
    if (!(end <= bytes.length)) refuse("bundle-cut", { path, n: place, count });
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (at !== bytes.length) refuse("bundle-left", { path, count });
  return entries;
}

/**
 * A log of `size` entries as files below `folder`. Roots are computed from the entries that `fill`
 * has read, from `first` on, and before that from the tiles on the way.
 */
export class Book {
  #read;
  #tiles = new Map();
  #leaves = [];

  constructor(folder, size, first, read) {
    Object.assign(this, { folder, size, first, entries: [] });
    this.#read = read;
  }

  async fill(tell) {
    for (let index = this.first / WIDTH; index * WIDTH < this.size; index++) {
      const width = Math.min(WIDTH, this.size - index * WIDTH);
      const path = `${this.folder}/${entriesPath(index, width)}`;
      let bytes = await this.#read(path);
      let count = width;
      if (bytes === null && width < WIDTH) {
        bytes = await this.#read(`${this.folder}/${entriesPath(index, WIDTH)}`);
        count = WIDTH;
      }
      if (bytes === null) refuse("file-missing", { path });
      for (const entry of decodeBundle(bytes, count, path).slice(0, width)) {
        this.entries.push(entry);
        this.#leaves.push(await leafHash(entry));
      }
      tell(this.entries.length);
    }
  }

  /** The root over the first `size` entries. */
  async root(size) {
    return size === 0 ? emptyRoot() : this.#range(0, size);
  }

  async #range(start, end) {
    let half = 1;
    while (half * 2 < end - start) half *= 2;
    if (half * 2 === end - start || end - start === 1) return this.#complete(start, end - start);
    return nodeHash(await this.#complete(start, half), await this.#range(start + half, end));
  }

  async #complete(start, count) {
    if (start + count <= this.first) return this.#fromTiles(start, count);
    if (count === 1) return this.#leaves[start - this.first];
    const half = count / 2;
    return nodeHash(await this.#complete(start, half), await this.#complete(start + half, half));
  }

  async #fromTiles(start, count) {
    let [level, span] = [0, 1];
    while (span * WIDTH <= count) [level, span] = [level + 1, span * WIDTH];
    const tile = await this.#tile(level, Math.floor(start / span / WIDTH), span);
    const at = (start / span) % WIDTH;
    let hashes = Array.from({ length: count / span }, (_, place) =>
      tile.subarray((at + place) * 32, (at + place + 1) * 32),
    );
    while (hashes.length > 1) {
      const pairs = hashes.filter((_, place) => place % 2 === 0);
      hashes = await Promise.all(pairs.map((left, at) => nodeHash(left, hashes[2 * at + 1])));
    }
    return hashes[0];
  }

  async #tile(level, index, span) {
    const width = Math.min(WIDTH, Math.floor(this.size / span) - index * WIDTH);
    const path = `${this.folder}/${tilePath(level, index, width)}`;
    if (!this.#tiles.has(path)) {
      const full = `${this.folder}/${tilePath(level, index, WIDTH)}`;
      const bytes = (await this.#read(path)) ?? (await this.#read(full));
      if (bytes === null) refuse("file-missing", { path });
      if (bytes.length !== width * 32 && bytes.length !== WIDTH * 32) {
        refuse("length", { place: path, wanted: width * 32, found: bytes.length });
      }
      this.#tiles.set(path, bytes);
    }
    return this.#tiles.get(path);
  }
}
