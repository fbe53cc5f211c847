// The fields of a contact. Each group is saved as soon as it is left; what cannot be saved stays on
// the screen, is shown as unsaved, and is sent again.

import { send } from "./net.js";

function inputsOf(group) {
  return [...group.querySelectorAll("input[name]:not([type=hidden]), select[name]")];
}

export class Fields {
  constructor(form, take, typeChosen) {
    this.form = form;
    this.heard = take;
    this.typeChosen = typeChosen;
    this.state = document.getElementById("fields-state");
    this.groups = [...form.querySelectorAll("[data-group]")];
    this.failed = new Map();
    // The version at which each group was last as the service has it: what others changed since
    // must not be overwritten unseen.
    const version = Number(form.elements.version.value);
    this.seen = new Map(this.groups.map((group) => [group.dataset.group, version]));
    this.lost = false;
    this.reason = "";
    this.busy = false;
    this.again = false;
    // The group in which one is typing: half a word is not sent when another group's turn ends.
    this.typing = null;
    form.addEventListener("change", () => this.done());
    form.addEventListener("chosen", (event) => this.chosen(event.target));
    form.addEventListener("input", (event) => {
      this.typing = event.target.closest("[data-group]");
      this.show();
    });
    form.addEventListener("focusout", () => setTimeout(() => this.left()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.done();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.ctrlKey) {
        event.preventDefault();
        this.done();
      }
    });
  }

  done() {
    this.typing = null;
    this.save();
  }

  left() {
    if (!this.typing?.contains(document.activeElement)) {
      this.done();
    }
  }

  chosen(input) {
    if (input.name === "incident_type") {
      this.typeChosen(input.value);
    }
    this.done();
  }

  was(name) {
    return this.form.elements.namedItem(`was-${name}`);
  }

  value(name) {
    return this.form.elements.namedItem(name).value;
  }

  names(group) {
    return [...new Set(inputsOf(group).map((input) => input.name))];
  }

  dirty(group) {
    return this.names(group).some((name) => this.value(name).trim() !== this.was(name).value);
  }

  get unsaved() {
    return this.groups.some((group) => this.dirty(group));
  }

  // A group that was refused waits until it is changed again; the others are sent.
  waiting() {
    return this.groups.filter(
      (group) =>
        group !== this.typing &&
        this.dirty(group) &&
        this.failed.get(group.dataset.group) !== this.fingerprint(group),
    );
  }

  fingerprint(group) {
    return JSON.stringify(this.names(group).map((name) => this.value(name)));
  }

  priority(level) {
    const choice = [...this.form.elements.namedItem("priority")].find((one) => one.value === level);
    if (choice && !choice.matches(":disabled")) {
      choice.checked = true;
      choice.focus();
      this.save();
    }
  }

  retry() {
    this.lost = false;
    this.save();
  }

  async save() {
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    for (const group of this.waiting()) {
      this.show("saving");
      await this.saveGroup(group);
      if (this.lost) {
        break;
      }
    }
    this.busy = false;
    this.show();
    if (this.again && !this.lost) {
      this.again = false;
      this.save();
    }
  }

  async saveGroup(group) {
    const name = group.dataset.group;
    const sent = new Map(this.names(group).map((one) => [one, this.value(one)]));
    const data = new FormData();
    data.set("version", this.seen.get(name));
    for (const [one, value] of sent) {
      data.set(one, value);
      data.set(`was-${one}`, this.was(one).value);
    }
    const answer = await send(this.form.getAttribute("action"), { form: data });
    this.lost = answer.kind === "lost" || answer.kind === "signed-out";
    this.reason = answer.kind === "ok" ? "" : (answer.data.kind ?? answer.kind);
    this.error(group, answer.kind === "problem" ? answer.data : null);
    if (answer.kind === "ok") {
      this.failed.delete(name);
      this.saved(group, sent, answer.data);
    } else if (answer.data.kind === "conflict") {
      this.failed.set(name, this.fingerprint(group));
      this.conflict(group, answer.data);
    } else if (answer.kind === "problem" && answer.data.kind !== "guard") {
      this.failed.set(name, this.fingerprint(group));
    } else if (answer.data.kind === "guard") {
      this.failed.set(name, this.fingerprint(group));
      setTimeout(() => {
        this.failed.delete(name);
        this.save();
      }, 5000);
    }
  }

  // The service may have left words out: then the field shows what was kept, unless one typed on.
  saved(group, sent, data) {
    this.seen.set(group.dataset.group, data.version);
    for (const [name, value] of sent) {
      this.was(name).value = data.values[name];
      if (this.value(name) === value) {
        this.put(name, data.values[name]);
      }
    }
    this.heard(data);
    if (data.removed) {
      this.state.dataset.extra = document.getElementById("findings")?.dataset.removed ?? "";
    } else {
      delete this.state.dataset.extra;
    }
  }

  put(name, value) {
    this.form.elements.namedItem(name).value = value;
  }

  // What others changed is shown in the fields that nobody is changing here.
  take(values, version) {
    this.form.elements.version.value = version;
    for (const group of this.groups) {
      if (this.dirty(group)) {
        continue;
      }
      this.seen.set(group.dataset.group, version);
      for (const name of this.names(group)) {
        if (values[name] !== this.was(name).value) {
          this.was(name).value = values[name];
          this.put(name, values[name]);
        }
      }
    }
    this.typeChosen(values.incident_type);
    this.show();
  }

  error(group, problem) {
    const place = group.querySelector(".error");
    const message = problem && problem.kind !== "conflict" ? problem.message : "";
    if (place) {
      place.textContent = message;
      place.hidden = !message;
    }
    group.classList.toggle("has-error", Boolean(message));
    for (const input of inputsOf(group)) {
      if (message) {
        input.setAttribute("aria-invalid", "true");
      } else {
        input.removeAttribute("aria-invalid");
      }
    }
  }

  conflict(group, problem) {
    const dialog = document.getElementById("conflict");
    dialog.querySelector("[data-message]").textContent = problem.message;
    const rows = dialog.querySelector("[data-rows]");
    rows.replaceChildren();
    const theirs = problem.clashes[0].theirs;
    for (const [name, value] of Object.entries(theirs)) {
      if (value === this.value(name)) {
        continue;
      }
      const row = rows.insertRow();
      const head = document.createElement("th");
      head.scope = "row";
      head.textContent = problem.clashes[0].label;
      row.append(head);
      row.insertCell().textContent = value || "–";
      row.insertCell().textContent = this.value(name) || "–";
    }
    const choose = (keep) => {
      for (const [name, value] of Object.entries(theirs)) {
        this.was(name).value = value;
        if (keep === "theirs") {
          this.put(name, value);
        }
      }
      this.seen.set(group.dataset.group, problem.version);
      this.failed.delete(group.dataset.group);
      this.save();
      inputsOf(group)[0].focus();
    };
    for (const button of dialog.querySelectorAll("[data-keep]")) {
      button.onclick = () => {
        dialog.close();
        choose(button.dataset.keep);
      };
    }
    if (!dialog.open) {
      dialog.showModal();
    }
  }

  show(now = "") {
    let state = now;
    if (!state) {
      state = "saved";
      if (this.unsaved) {
        const known = { lost: "lost", guard: "guard", "signed-out": "signedOut" };
        state = (this.failed.size > 0 || this.lost) && known[this.reason] ? known[this.reason] : "unsaved";
      }
    }
    const texts = this.state.dataset;
    const extra = state === "saved" && texts.extra ? ` (${texts.extra})` : "";
    this.state.textContent = texts[state] + extra;
    this.state.dataset.kind = state;
  }
}
