// Reads cases as JSON on standard input; prints, for each, whether @sigstore/verify accepts it.
const path = require('node:path');
const crypto = require('node:crypto');
const folder = path.join(process.argv[2], 'node_modules', '@sigstore', 'verify', 'dist', 'tlog');
const { verifyCheckpoint } = require(path.join(folder, 'checkpoint.js'));
const { verifyMerkleInclusion } = require(path.join(folder, 'merkle.js'));

function accepts(one) {
  const log = {
    logID: Buffer.from(one.key_id, 'hex'),
    baseURL: one.origin,
    publicKey: crypto.createPublicKey({
      key: Buffer.from(one.public_der, 'base64'), format: 'der', type: 'spki',
    }),
  };
  const entry = {
    canonicalizedBody: Buffer.from(one.entry, 'base64'),
    inclusionProof: {
      logIndex: String(one.index),
      hashes: one.hashes.map((hash) => Buffer.from(hash, 'base64')),
      checkpoint: { envelope: one.envelope },
    },
  };
  try {
    verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
    return true;
  } catch (fault) {
    if (fault.constructor.name !== 'VerificationError') throw fault;
    return false;
  }
}

let text = '';
process.stdin.on('data', (part) => { text += part; });
process.stdin.on('end', () => {
  const found = JSON.parse(text).map((one) => [one.name, accepts(one)]);
  process.stdout.write(JSON.stringify(Object.fromEntries(found)));
});
