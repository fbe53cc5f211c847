// The narrative box: screened while one types, kept as a draft, added as a note. What one types
// stays in the box until the service has it; it is never kept in the browser's storage, where
// nothing would screen it.

import { send } from "./net.js";

const SCREEN_AFTER = 250;
const SAVE_EVERY = 1000;
const LONGEST_WAIT = 3000;
const AROUND = 28;
const SHOWN = 6;

function once() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Narrative {
  constructor(form, contact, take) {
    this.form = form;
    this.contact = contact;
    this.take = take;
    this.box = document.getElementById("narrative");
    this.findings = document.getElementById("findings");
    this.state = document.getElementById("note-state");
    this.kept = "";
    this.keptAt = 0;
    this.wanted = null;
    this.sending = false;
    this.asking = Promise.resolve();
    this.timer = 0;
    this.since = null;
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.ctrlKey) {
        event.preventDefault();
        this.form.requestSubmit();
      }
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    if (this.box.value) {
      this.typed();
    }
  }

  get unsaved() {
    return this.box.value !== this.kept;
  }

  typed() {
    if (this.wanted && this.wanted.text !== this.box.value) {
      this.wanted = null;
    }
    this.show(this.unsaved ? "unsaved" : "saved");
    this.soon();
  }

  // After a short pause in typing, and at least each second where there is none.
  soon(wait = SCREEN_AFTER) {
    clearTimeout(this.timer);
    this.since ??= Date.now();
    const left = Math.max(0, this.since + SAVE_EVERY - Date.now());
    this.timer = setTimeout(() => this.ask(), wait > SAVE_EVERY ? wait : Math.min(wait, left));
  }

  // One question at a time: an old answer must not come after a new one.
  ask() {
    this.asking = this.asking.then(() => this.screen());
    return this.asking;
  }

  async screen() {
    if (this.sending) {
      return;
    }
    this.since = null;
    const text = this.box.value;
    const save = Date.now() - this.keptAt >= SAVE_EVERY;
    const data = new FormData();
    data.set("text", text);
    data.set("contact", this.contact);
    if (save) {
      data.set("save", "1");
    }
    const answer = await send(this.form.dataset.screen, { form: data });
    if (answer.kind === "ok") {
      this.showFindings(text, answer.data.findings);
      if (answer.data.saved) {
        this.kept = text;
        this.keptAt = Date.now();
      }
      this.show(this.unsaved ? "unsaved" : "saved");
    } else {
      this.notKept(answer);
    }
    if (this.unsaved && answer.kind === "ok") {
      this.soon(text === this.box.value ? SAVE_EVERY : SCREEN_AFTER);
    }
  }

  notKept(answer) {
    if (answer.kind === "problem") {
      this.show("guard", answer.data.kind === "guard" ? "" : answer.data.message);
      this.showProblem(answer.data.message ?? "");
      if (answer.data.kind === "guard") {
        this.soon(5000);
      }
    } else {
      this.show(answer.kind === "lost" ? "lost" : "signedOut");
    }
  }

  async add() {
    const text = this.box.value;
    clearTimeout(this.timer);
    if (!text.trim() || this.sending) {
      this.box.focus();
      return;
    }
    this.wanted = this.wanted?.text === text ? this.wanted : { text, once: once() };
    this.sending = true;
    this.box.readOnly = true;
    this.show("saving");
    // A draft that is still on its way should not arrive after the note and come back as a draft.
    const longest = new Promise((done) => setTimeout(done, LONGEST_WAIT));
    await Promise.race([this.asking, longest]);
    const data = new FormData();
    data.set("narrative", text);
    data.set("once", this.wanted.once);
    const answer = await send(this.form.getAttribute("action"), { form: data });
    this.sending = false;
    this.box.readOnly = false;
    if (answer.kind === "ok") {
      this.added(answer.data);
    } else if (answer.kind === "problem") {
      this.notKept(answer);
    } else {
      this.show(answer.kind === "lost" ? "waiting" : "signedOut");
    }
  }

  added(data) {
    this.wanted = null;
    this.box.value = "";
    this.kept = "";
    this.keptAt = 0;
    this.showFindings("", []);
    this.show("sent");
    this.take(data);
  }

  retry() {
    if (this.wanted?.text === this.box.value) {
      this.add();
    } else if (this.unsaved) {
      this.ask();
    }
  }

  show(state, text = "") {
    const nothing = state === "saved" && !this.box.value;
    this.state.textContent = nothing ? "" : text || this.state.dataset[state];
    this.state.dataset.kind = state;
  }

  showProblem(message) {
    const words = document.createElement("p");
    words.className = "finding";
    words.textContent = message;
    this.findings.replaceChildren(words);
    this.shown = "";
  }

  showFindings(text, findings) {
    const shown = JSON.stringify(findings.map((one) => [one.kind, one.start, one.end]));
    if (shown === this.shown && findings.length > 0) {
      return;
    }
    this.shown = shown;
    const letters = [...text];
    const items = findings.slice(-SHOWN).map((one) => this.item(letters, one));
    this.findings.replaceChildren(...items);
  }

  // The words in their surroundings; offsets count code points, as the guard does.
  item(letters, one) {
    const cut = (from, to) => letters.slice(from, to).join("").replace(/\s+/g, " ");
    const before = Math.max(0, one.start - AROUND);
    const after = Math.min(letters.length, one.end + AROUND);
    const item = document.createElement("p");
    item.className = one.removed ? "finding" : "finding finding-kept";
    const mark = document.createElement(one.removed ? "del" : "mark");
    mark.textContent = cut(one.start, one.end);
    const why = document.createElement("strong");
    why.textContent = one.removed
      ? this.findings.dataset.removed
      : this.findings.dataset.authority;
    const words = document.createElement("span");
    words.append(
      before > 0 ? "…" : "",
      cut(before, one.start),
      mark,
      cut(one.end, after),
      after < letters.length ? "…" : "",
    );
    item.append(words, " ", why);
    return item;
  }
}
