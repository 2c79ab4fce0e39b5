// Opens a page in Chromium, presses its button, and says what it shows.
//
// Standard input: {browser, address, press, typed, old}; with `old` the browser knows no Ed25519.
// The browser is told what to do over two pipes, so it needs no port and no further package.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { browser, address, press, typed, old } = JSON.parse(readFileSync(0, "utf-8"));
const profile = mkdtempSync(join(tmpdir(), "chromium-"));
const options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"];
const child = spawn(browser, [...options, `--user-data-dir=${profile}`, "about:blank"], {
  stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
});
const waiting = new Map();
const faults = [];
let left = "";
child.stdio[4].setEncoding("utf-8").on("data", (part) => {
  const messages = (left + part).split("\0");
  left = messages.pop();
  for (const { id, method, params, result } of messages.map((one) => JSON.parse(one))) {
    if (id !== undefined) waiting.get(id)(result);
    // A file that may be absent is asked for, and is not there.
    const absent = params?.entry?.source === "network" && params.entry.url.includes("/record/");
    const told = method === "Runtime.exceptionThrown" || method === "Log.entryAdded";
    if (told && !absent) faults.push(JSON.stringify(params));
  }
});

function send(method, params, attached) {
  const id = waiting.size + 1;
  child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId: attached })}\0`);
  return new Promise((resolve) => waiting.set(id, resolve));
}

const { targetId } = await send("Target.createTarget", { url: "about:blank" });
const attached = (await send("Target.attachToTarget", { targetId, flatten: true })).sessionId;
for (const domain of ["Page", "Runtime", "Log"]) await send(`${domain}.enable`, {}, attached);
if (old) {
  const refusal = "throw new DOMException('', 'NotSupportedError');";
  const source = `crypto.subtle.importKey = async () => { ${refusal} };`;
  await send("Page.addScriptToEvaluateOnNewDocument", { source }, attached);
}

async function value(expression) {
  const asked = { expression, returnByValue: true, awaitPromise: true };
  return (await send("Runtime.evaluate", asked, attached)).result?.value;
}

async function until(expression) {
  for (let tries = 0; tries < 400; tries++) {
    if (await value(expression)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`never so: ${expression}`);
}

const part = (name) => `document.querySelector('[data-part="${name}"]')`;
const seen = (name) => value(`!${part(name)}.hidden`);
let found;
try {
  await send("Page.navigate", { url: address }, attached);
  await until("document.querySelector('[data-check]')?.hidden === false");
  found = { before: { section: true, able: await seen("able"), unable: await seen("unable") } };
  if (press) {
    await value(`${part("typed")}.value = "${typed}"; ${part("books")}.click()`);
    await until(`${part("findings")}.getAttribute("aria-busy") === "false"`);
    found.status = await value(`${part("status")}.textContent`);
    const rows = "[...document.querySelectorAll('.finding')]";
    found.rows = await value(`${rows}.map((one) => one.innerText)`);
    found.why = await value(`${rows}.map((one) => one.querySelector('.quiet')?.innerText ?? "")`);
  }
} finally {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await gone;
  try {
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  } catch {
    // The browser's last child may still write there; what it leaves is no answer of the page.
  }
}
process.stdout.write(JSON.stringify({ ...found, faults }));
process.exit(0);
