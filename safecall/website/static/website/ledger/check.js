// The page "How to check us": what the visitor's browser checks by itself. Nothing is sent.

import { opens, parseCheckpoint, parseNote, parseProof, signedBy } from "./note.js";
import { Ledger } from "./reader.js";
import { included, leafHash, rootAt, same } from "./tree.js";

const page = document.querySelector("[data-ledger]");
const words = Object.fromEntries(
  [...page.querySelectorAll("[data-word]")].map((one) => [one.dataset.word, one.textContent]),
);
const format = new Intl.NumberFormat(document.documentElement.lang);

function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) =>
    typeof values[key] === "number" ? format.format(values[key]) : values[key],
  );
}

function when(at) {
  const time = new Date(at ?? NaN);
  const style = { dateStyle: "long", timeStyle: "short" };
  const lang = document.documentElement.lang;
  return Number.isNaN(time.getTime()) ? "?" : new Intl.DateTimeFormat(lang, style).format(time);
}

class Answer {
  constructor(box) {
    this.list = box.querySelector("ul");
    this.bar = box.querySelector("progress");
    this.status = box.querySelector("[role=status]");
    this.list.replaceChildren();
    this.status.textContent = "";
    this.status.className = "";
    this.sound = true;
  }

  tell(good, name, values) {
    this.#line(good ? "good" : "bad", name, values);
    this.sound &&= good;
  }

  // Something that nobody can check: neither good nor a fault.
  miss(name, values) {
    this.#line("", name, values);
  }

  #line(mark, name, values) {
    const item = document.createElement("li");
    item.className = mark;
    item.textContent = say(name, values);
    this.list.append(item);
  }

  progress = (done, all) => {
    this.bar.hidden = done >= all;
    this.bar.max = all;
    this.bar.value = done;
  };

  end(good, bad) {
    this.bar.hidden = true;
    this.status.textContent = say(this.sound ? good : bad);
    this.status.className = `alert ${this.sound ? "alert-good" : "alert-danger"}`;
  }

  failed() {
    this.bar.hidden = true;
    this.status.textContent = say("unreadable");
    this.status.className = "alert alert-care";
  }
}

async function signature(answer, note, key) {
  let good;
  try {
    good = await signedBy(note, key);
  } catch {
    answer.tell(false, "no-ed25519");
    return;
  }
  answer.tell(good, good ? "signed" : "not-signed");
}

async function checkLedger(answer) {
  const ledger = await new Ledger(page.dataset.ledger).open();
  await signature(answer, ledger.note, ledger.key);
  const found = await ledger.checkAll(answer.progress);
  answer.tell(found.broken === null, found.broken === null ? "counted" : "broken", {
    size: ledger.point.size,
    place: found.broken ?? 0,
  });
  answer.tell(found.root, found.root ? "root" : "other-root");
  tellClaims(answer, found.claims);
  answer.tell(true, "figures", {
    contacts: found.counts.contact ?? 0,
    engagements: found.counts.engagement ?? 0,
  });
  answer.end("sound", "unsound");
}

function tellClaims(answer, { counts, wrong, denied, owed }) {
  answer.tell(wrong === null, wrong === null ? "days" : "wrong-day", { counts, day: wrong });
  if (denied) {
    answer.tell(false, "denied", { month: denied });
  } else if (owed.length) {
    answer.miss("owed", { months: owed.length });
  } else {
    answer.tell(true, "months");
  }
}

async function checkPasted(answer, text) {
  const ledger = await new Ledger(page.dataset.ledger).open();
  let note;
  let proof = null;
  try {
    proof = text.startsWith("c2sp.org/") ? parseProof(text) : null;
    note = proof ? proof.note : parseNote(text);
    parseCheckpoint(note.text);
  } catch {
    answer.tell(false, "not-a-proof");
    answer.end("sound", "unsound-proof");
    return;
  }
  const point = parseCheckpoint(note.text);
  await signature(answer, note, ledger.key);
  if (proof) {
    await checkProof(answer, proof, point);
  }
  const grown =
    point.size <= ledger.point.size && same(await rootAt(point.size, ledger.readTile), point.root);
  answer.tell(grown, grown ? "still" : "rewritten", { size: point.size });
  answer.end(proof ? "sound-proof" : "sound-checkpoint", "unsound-proof");
}

async function checkProof(answer, proof, point) {
  const entry = new TextEncoder().encode(proof.leaf);
  const there = await included(proof.index, point.size, await leafHash(entry), proof.hashes, point.root);
  answer.tell(there, there ? "included" : "not-included", { place: proof.index });
  const opened = await opens(JSON.parse(proof.leaf).k, proof.random, proof.record);
  answer.tell(opened, opened ? "yours" : "not-yours", { at: when(proof.record?.at) });
}

function onPress(name, check) {
  const box = page.querySelector(`[data-check=${name}]`);
  const button = box.querySelector("button");
  box.hidden = false;
  button.addEventListener("click", async () => {
    const answer = new Answer(box);
    button.disabled = true;
    try {
      await check(answer, box);
    } catch {
      answer.failed();
    } finally {
      button.disabled = false;
    }
  });
}

if (globalThis.crypto?.subtle) {
  onPress("ledger", checkLedger);
  onPress("pasted", (answer, box) => {
    // A text that was copied may have lost its last line end.
    const text = box.querySelector("textarea").value.replaceAll("\r\n", "\n").trim();
    return checkPasted(answer, `${text}\n`);
  });
} else {
  page.querySelector("[data-no-crypto]").hidden = false;
}
