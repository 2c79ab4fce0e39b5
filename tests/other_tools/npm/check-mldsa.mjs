// Reads cases as JSON on standard input; prints, for each, whether @noble/post-quantum accepts the
// ML-DSA-44 cosignature of the key in it. What is put together here is only what was signed.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

const from = createRequire(pathToFileURL(process.argv[2] + '/'));
const { ml_dsa44 } = await import(pathToFileURL(from.resolve('@noble/post-quantum/ml-dsa.js')));

const number = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};
const named = (name) => Buffer.concat([Buffer.from([Buffer.byteLength(name)]), Buffer.from(name)]);

function accepts(one) {
  const [name, id, ...encoded] = one.vkey.split('+');
  const key = Buffer.from(encoded.join('+'), 'base64');
  const computed = createHash('sha256').update(name + '\n').update(key).digest().subarray(0, 4);
  if (computed.toString('hex') !== id || key[0] !== 6) return false;
  const [origin, size, root] = one.envelope.split('\n');
  const prefix = `\u2014 ${name} `;
  for (const line of one.envelope.split('\n').filter((each) => each.startsWith(prefix))) {
    const payload = Buffer.from(line.slice(prefix.length), 'base64');
    if (payload.subarray(0, 4).compare(computed) !== 0) continue;
    const message = Buffer.concat([
      Buffer.from('subtree/v1\n\0'), named(name), payload.subarray(4, 12),
      named(origin), number(0), number(size), Buffer.from(root, 'base64'),
    ]);
    return ml_dsa44.verify(payload.subarray(12), message, key.subarray(1));
  }
  return false;
}

const found = JSON.parse(await text(process.stdin)).map((one) => [one.name, accepts(one)]);
process.stdout.write(JSON.stringify(Object.fromEntries(found)));
