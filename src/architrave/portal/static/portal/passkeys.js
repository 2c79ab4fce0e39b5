// Makes a passkey, or signs with one: asks this copy what for, asks the browser, sends the form.
// Without this file nobody can sign in; every other page works without it.
// The shapes are those of Web Authentication's JSON forms (W3C, section 5.1).

const form = document.querySelector("[data-passkey]");
const status = form?.querySelector("[data-part=status]");
const able = window.isSecureContext && window.PublicKeyCredential !== undefined;

function say(phrase) {
  const found = form.querySelector("template").content.querySelector(`[data-phrase=${phrase}]`);
  status.textContent = found.textContent;
}

class Said extends Error {
  constructor(phrase) {
    super(phrase);
    this.phrase = phrase;
  }
}

function toBytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function toText(bytes) {
  const plain = Array.from(new Uint8Array(bytes), (one) => String.fromCharCode(one)).join("");
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function named(list) {
  return (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));
}

async function made(told) {
  return navigator.credentials.create({
    publicKey: {
      ...told,
      challenge: toBytes(told.challenge),
      user: { ...told.user, id: toBytes(told.user.id) },
      excludeCredentials: named(told.excludeCredentials),
    },
  });
}

async function signed(told) {
  return navigator.credentials.get({
    publicKey: {
      ...told,
      challenge: toBytes(told.challenge),
      allowCredentials: named(told.allowCredentials),
    },
  });
}

function shape(credential) {
  const { id, rawId, type, response, authenticatorAttachment } = credential;
  const told = { clientDataJSON: toText(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) told[name] = toText(response[name]);
  }
  if (response.getTransports) told.transports = response.getTransports();
  return {
    id,
    rawId: toText(rawId),
    type,
    response: told,
    authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function ask() {
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  if (answer.status === 429) throw new Said("often");
  // Nobody is signed in any more, or not lately enough: this copy did answer.
  if (answer.status === 403 || answer.redirected) throw new Said("again");
  if (!answer.ok) throw new Said("failed");
  const { options, word } = await answer.json();
  if (word) form.elements.csrfmiddlewaretoken.value = word;
  const told = options.publicKey ?? options;
  return form.dataset.passkey === "create" ? made(told) : signed(told);
}

async function send(event) {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  say("waits");
  try {
    form.elements.credential.value = JSON.stringify(shape(await ask()));
    form.submit();
  } catch (fault) {
    // The browser says NotAllowedError where its holder says no, has no passkey, or waits too long.
    say(fault instanceof DOMException ? "none" : (fault.phrase ?? "failed"));
    button.disabled = false;
  }
}

if (form && able) {
  document.querySelector("[data-part=unable]").hidden = true;
  form.hidden = false;
  form.addEventListener("submit", send);
}
