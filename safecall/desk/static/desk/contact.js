// The page of one contact: fields, narrative, units and script, kept together.

import { connection } from "./connection.js";
import { Fields } from "./fields.js";
import { anyUnsent, sendForms } from "./forms.js";
import { listenToKeys } from "./keys.js";
import { poll, replace } from "./live.js";
import { Narrative } from "./narrative.js";
import { openParts } from "./parts.js";
import { send } from "./net.js";
import { Script } from "./script.js";
import { whenSignedIn } from "./sign-in.js";

export function startContact(root) {
  const script = new Script(document.getElementById("script"));
  const form = document.getElementById("fields");
  const fields = new Fields(form, take, (label) => script.follow(label));
  const noteForm = document.getElementById("note");
  const narrative = noteForm ? new Narrative(noteForm, root.dataset.contact, take) : null;

  // What the service says about the contact: new parts of the page, and the fields' values.
  function take(data) {
    if (data.version === undefined) {
      return;
    }
    const closedOrOpened = (data.state === "closed") !== (root.dataset.state === "closed");
    root.dataset.version = data.version;
    root.dataset.number = data.number;
    root.dataset.state = data.state;
    root.dataset.interpreter = data.interpreter;
    for (const [name, html] of Object.entries(data.html)) {
      const part = document.getElementById(name);
      if (part && part.innerHTML !== html) {
        replace(part, html);
      }
    }
    for (const act of document.querySelectorAll("[data-state]:not(#contact)")) {
      act.hidden = !act.dataset.state.split(" ").includes(data.state);
    }
    fields.take(data.values, data.version);
    if (closedOrOpened && !unsaved()) {
      location.reload();
    }
  }

  function unsaved() {
    return fields.unsaved || Boolean(narrative?.unsaved) || anyUnsent();
  }

  const now = poll(async () => {
    const { contact, version, number, interpreter, changes } = root.dataset;
    const query = new URLSearchParams({ contact, version, number, interpreter });
    const answer = await send(`${changes}?${query}`, { background: true });
    if (answer.kind === "ok" && answer.data.version >= Number(root.dataset.version)) {
      take(answer.data);
    }
    return answer.kind === "ok" || answer.kind === "same";
  });
  sendForms((data) => (data.version ? take(data) : now()));
  openParts();
  const retry = () => {
    fields.retry();
    narrative?.retry();
  };
  connection.whenBack(retry);
  whenSignedIn(retry);

  window.addEventListener("beforeunload", (event) => {
    if (unsaved()) {
      event.preventDefault();
    }
  });
  const priorities = Object.fromEntries(
    ["1", "2", "3", "4", "5"].map((level) => [`Digit${level}`, () => fields.priority(level)]),
  );
  listenToKeys({
    alt: {
      ...priorities,
      KeyS: () => script.nextLanguage(),
      Period: () => document.querySelector("#units .next-step")?.click(),
    },
  });
}
