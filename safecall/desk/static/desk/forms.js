// Forms that are sent without leaving the page (`data-send`). What cannot be sent stays in the form
// and is sent when the connection, or the sign-in, is back.

import { connection } from "./connection.js";
import { send } from "./net.js";
import { whenSignedIn } from "./sign-in.js";

const unsent = new Map();

function tell(form, text, kind = "") {
  const state = form.querySelector(".form-state");
  if (state) {
    state.textContent = text;
    state.dataset.kind = kind;
  }
}

async function submit(form, button, done) {
  if (form.dataset.busy) {
    return;
  }
  form.dataset.busy = "1";
  tell(form, "");
  const data = new FormData(form);
  if (button?.name) {
    data.set(button.name, button.value);
  }
  const answer = await send(form.getAttribute("action"), { form: data });
  delete form.dataset.busy;
  unsent.delete(form);
  if (answer.kind === "ok") {
    finish(form, answer.data, done);
  } else if (answer.kind === "problem") {
    tell(form, answer.data.message ?? document.title, "problem");
  } else {
    const state = form.querySelector(".form-state");
    const text = state?.dataset.lost ?? document.getElementById("connection").textContent;
    tell(form, answer.kind === "lost" ? text : "", "lost");
    unsent.set(form, button);
  }
}

function finish(form, data, done) {
  if (data.told) {
    document.dispatchEvent(new CustomEvent("answered", { detail: data.told }));
  }
  if (data.redirect) {
    location.assign(data.redirect);
    return;
  }
  if ("reload" in form.dataset) {
    location.reload();
    return;
  }
  if ("reset" in form.dataset) {
    form.reset();
  }
  const fold = form.closest("details");
  if (fold) {
    fold.open = false;
  }
  done(data);
}

export function anyUnsent() {
  return unsent.size > 0;
}

export function sendForms(done = () => {}) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-send]") && !event.defaultPrevented) {
      event.preventDefault();
      submit(form, event.submitter, done);
    }
  });
  const retry = () => {
    for (const [form, button] of [...unsent]) {
      submit(form, button, done);
    }
  };
  connection.whenBack(retry);
  whenSignedIn(retry);
}
