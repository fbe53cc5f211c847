// Starts what the page needs.

import { keepTicking } from "./clock.js";
import { searchFields } from "./combobox.js";
import { connection } from "./connection.js";
import { startContact } from "./contact.js";
import { poll, keepLive } from "./live.js";
import { listenToKeys } from "./keys.js";
import { send } from "./net.js";
import { listenForSignIn } from "./sign-in.js";
import { sendForms } from "./forms.js";
import { keepWaiting } from "./waiting.js";

function moveAmongRows(step) {
  const rows = [...document.querySelectorAll(".row-link")];
  if (rows.length > 0) {
    const at = rows.indexOf(document.activeElement);
    rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : (at + step + rows.length) % rows.length].focus();
  }
}

function answerFirst() {
  document.querySelector("[data-answer]")?.click();
}

// Enter opens a new contact also where no field has the focus: a hurried hand is not held up.
function openOnEnter(event) {
  const form = document.querySelector("form[data-enter]");
  if (form && event.key === "Enter" && event.target === document.body) {
    form.requestSubmit();
  }
}

document.documentElement.classList.add("scripted");
keepTicking();
searchFields();
listenForSignIn();

const waiting = document.getElementById("waiting");
if (waiting) {
  keepWaiting(waiting);
}

const contact = document.getElementById("contact");
const live = document.getElementById("live");
if (contact) {
  startContact(contact);
} else {
  listenToKeys({
    single: {
      ArrowDown: () => moveAmongRows(1),
      ArrowUp: () => moveAmongRows(-1),
      KeyA: answerFirst,
    },
  });
  document.addEventListener("keydown", openOnEnter);
  const now = live ? keepLive(live) : () => {};
  sendForms(now);
  if (!live) {
    // A form alone also has to notice that the service is back.
    const address = document.getElementById("sign-in-again").dataset.signedIn;
    poll(async () => connection.up || (await send(address, { background: true })).kind === "ok");
  }
}
