// The hash tree over a log: its hashes and proofs of inclusion (RFC 9162; docs/formats/tiles.md).

import { joined, same } from "./bytes.js";
import { sha256 } from "./keys.js";
import { refuse } from "./refusal.js";

/** How many hashes lead from a leaf to its root at most. */
export const MAX_HASHES = 63;

export const emptyRoot = () => sha256(new Uint8Array());
export const leafHash = (entry) => sha256(joined(Uint8Array.of(0), entry));
export const nodeHash = (left, right) => sha256(joined(Uint8Array.of(1), left, right));

/** Return if the leaf is at `index` in the tree of `size` and `root` (RFC 9162, 2.1.3.2). */
export async function verifyInclusion(leaf, index, size, proof, root) {
  if (!(index >= 0 && index < size)) refuse("no-leaf", { n: index, size });
  if (proof.length > MAX_HASHES) refuse("hashes", { most: MAX_HASHES });
  let [position, last, reached] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) refuse("proof-long");
    if (position % 2 === 1 || position === last) {
      reached = await nodeHash(sibling, reached);
      while (position !== 0 && position % 2 === 0) {
        [position, last] = [position / 2, Math.floor(last / 2)];
      }
    } else {
      reached = await nodeHash(reached, sibling);
    }
    [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
  }
  if (last !== 0) refuse("proof-short");
  if (!same(reached, root)) refuse("proof-root");
}
