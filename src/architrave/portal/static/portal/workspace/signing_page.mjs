// The page on which an officer signs: the key file is read here, and only the signed text leaves.

import { fromBase64 } from "../verify/bytes.js";
import { canSign, isBy, sealedText, signed } from "./signing.mjs";

const part = document.getElementById("sign");
const said = document.getElementById("sign-said");

function tell(phrase) {
  said.textContent = part.querySelector(`[data-phrase="${phrase}"]`).textContent;
  said.hidden = false;
}

async function sign() {
  said.hidden = true;
  const chosen = document.getElementById("key-file").files[0];
  if (chosen === undefined) return tell("no-key");
  const message = fromBase64(part.dataset.message);
  const signature = await signed(await chosen.text(), message);
  if (signature === null) return tell("not-plain");
  if (!(await isBy(part.dataset.key, signature, message))) return tell("other-key");
  document.getElementById("signed").value = sealedText(fromBase64(part.dataset.body), signature);
  document.getElementById("give").requestSubmit();
}

if (await canSign()) {
  part.hidden = false;
  document.getElementById("sign-go").addEventListener("click", sign);
}
