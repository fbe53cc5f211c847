// Signed notes (c2sp.org/signed-note), checkpoints, and proofs (c2sp.org/tlog-proof@v1).

import { same, sha256 } from "./tree.js";

const DASH = "\u2014 ";
const HEADER = "c2sp.org/tlog-proof@v1";
const utf8 = (text) => new TextEncoder().encode(text);

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

// {text, signatures: [{name, id, data}]}; throws where this is no signed note.
export function parseNote(data) {
  const cut = data.lastIndexOf("\n\n");
  const lines = data.slice(cut + 2).split("\n");
  if (cut < 0 || lines.pop() !== "" || !lines.every((line) => line.startsWith(DASH))) {
    throw new Error("no signed note");
  }
  const signatures = lines.map((line) => {
    const [name, value] = line.slice(DASH.length).split(" ");
    const bytes = fromBase64(value);
    return { name, id: bytes.slice(0, 4), data: bytes.slice(4) };
  });
  return { text: data.slice(0, cut + 1), signatures };
}

// {origin, size, root}; throws where this is no checkpoint.
export function parseCheckpoint(text) {
  const [origin, size, root, end] = text.split("\n");
  const bytes = fromBase64(root ?? "");
  if (!origin || !/^(0|[1-9][0-9]{0,14})$/.test(size) || bytes.length !== 32 || end !== "") {
    throw new Error("no checkpoint");
  }
  return { origin, size: Number(size), root: bytes };
}

// Whether the note is signed by this key (name+hash+base64), whose name is the ledger's.
export async function signedBy(note, key) {
  const [name, , ...rest] = key.trim().split("+");
  const data = fromBase64(rest.join("+"));
  const id = (await sha256(utf8(`${name}\n`), data)).slice(0, 4);
  const found = note.signatures.find((one) => one.name === name && same(one.id, id));
  if (!found || data[0] !== 1 || parseCheckpoint(note.text).origin !== name) {
    return false;
  }
  const ed25519 = { name: "Ed25519" };
  const made = await crypto.subtle.importKey("raw", data.slice(1), ed25519, false, ["verify"]);
  return crypto.subtle.verify(ed25519, made, found.data, utf8(note.text));
}

// {index, hashes, note, leaf, random, record}; throws where this is no proof of this ledger.
export function parseProof(text) {
  const cut = text.indexOf("\n\n");
  const lines = text.slice(0, cut).split("\n");
  const index = /^index (0|[1-9][0-9]{0,14})$/.exec(lines[2] ?? "");
  if (cut < 0 || lines[0] !== HEADER || !lines[1].startsWith("extra ") || !index) {
    throw new Error("no proof");
  }
  const extra = JSON.parse(new TextDecoder().decode(fromBase64(lines[1].slice(6))));
  return {
    index: Number(index[1]),
    hashes: lines.slice(3).map(fromBase64),
    note: parseNote(text.slice(cut + 2)),
    leaf: extra.leaf,
    random: fromBase64(extra.r ?? ""),
    record: extra.record,
  };
}

// JSON in its one canonical spelling (RFC 8785), which is JavaScript's own with sorted names.
export function canonical(value) {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(",")}]`;
  }
  if (value && typeof value === "object") {
    const members = Object.keys(value).sort();
    return `{${members.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

// Whether a record and its random bytes are what an entry's commitment stands for.
export async function opens(commitment, random, record) {
  const domain = utf8("safecall/ledger/v1\n");
  const made = await sha256(domain, random, utf8(canonical(record)));
  return random.length === 32 && same(made, fromBase64(commitment));
}
