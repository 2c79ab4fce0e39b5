// The founding file: the parties, their keys and logs, signed by every party
// (docs/formats/founding.md).

import { joined, toHex, utf8 } from "./bytes.js";
import { canonical, fieldsOf, parseCanonical } from "./json.js";
import { sha256, verifies } from "./keys.js";
import { COSIGNATURE, MLDSA, noteKey } from "./notes.js";
import { refuse } from "./refusal.js";

const PARTY_KEYS = ["party_key", "node_key", "cosigner_key"];

async function parseMember(value, domain) {
  const fields = fieldsOf(value, "founding.members");
  const [name, origin] = [fields.text("name"), fields.text("origin")];
  const [party, node, cosigner] = PARTY_KEYS.map((one) => fields.bytes(one, 32));
  const mldsa = fields.has("mldsa_key") ? fields.bytes("mldsa_key", 1312) : null;
  fields.text("url");
  fields.end();
  const folder = name.toLowerCase();
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(folder) || /^(?:acts|proofs|tombstones)$/.test(folder)) {
    refuse("no-folder", { name });
  }
  if (origin !== `${folder}.${domain}/log/1`) refuse("member-log", { party: name, book: origin });
  const called = `${origin.split("/", 1)[0]}/cosigner`;
  const cosigners = [await noteKey(called, COSIGNATURE, cosigner)];
  if (mldsa !== null) cosigners.push(await noteKey(called, MLDSA, mldsa));
  const keys = [party, node, cosigner, ...(mldsa === null ? [] : [mldsa])];
  return { name, folder, origin, party, node, cosigners, keys };
}

function checkMembers(members) {
  const once = members.flatMap((one) => [one.name, one.folder, ...one.keys.map(toHex)]);
  const doubled = members.filter((one) => one.name === one.folder).length;
  if (members.length < 2 || new Set(once).size !== once.length - doubled) refuse("members");
  const long = members.find((one) => utf8(one.origin).length > 240);
  if (long !== undefined && members.some((one) => one.cosigners.length > 1)) {
    refuse("name-long", { name: long.origin });
  }
}

/** A founding file with every party's signature checked. `id` names the institution. */
export async function parseFounding(bytes) {
  const outer = fieldsOf(parseCanonical(bytes, "founding.json"), "founding.json");
  outer.exactly("v", 1);
  const [value, signatures] = [outer.value("founding"), outer.inner("signatures")];
  outer.end();
  const inner = fieldsOf(value, "founding");
  const [domain, charter] = [inner.text("domain"), inner.text("charter")];
  const demonstration = inner.boolean("demonstration");
  const listed = inner.list("members");
  inner.end();
  if (!/^[0-9a-f]{64}$/.test(charter)) {
    refuse("field-form", { place: "founding", field: "charter", wanted: "SHA-256" });
  }
  const forDemonstrations = ["demo.invalid", "table-top.demo.invalid"];
  if (demonstration !== forDemonstrations.includes(domain)) refuse("domain", { name: domain });
  const members = [];
  for (const one of listed) members.push(await parseMember(one, domain));
  checkMembers(members);
  const body = canonical(value);
  for (const member of members) {
    const signature = signatures.bytes(member.name, 64);
    if (!(await verifies(member.party, signature, joined(utf8("founding/v1\n"), body)))) {
      refuse("party-signature", { place: "founding.json", party: member.name });
    }
  }
  signatures.end();
  return { id: toHex(await sha256(body)), domain, charter, demonstration, members };
}
