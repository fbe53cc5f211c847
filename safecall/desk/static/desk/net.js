// Sending to the service, with every way in which that can fail told apart.
//
// send() never throws. Its answer's `kind` is one of:
//   "ok"          done; `data` is the JSON, or the text of a page's part
//   "same"        nothing has changed (204)
//   "problem"     refused, with a reason for the person in `data.message`
//   "signed-out"  the sign-in has ended
//   "lost"        no answer: the network or the service is away

import { connection } from "./connection.js";
import { askToSignIn } from "./sign-in.js";

const SECONDS = 15;

export function token() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

export function useToken(value) {
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
    input.value = value;
  }
}

export async function send(address, { form = null, background = false } = {}) {
  let answer = await request(address, form, background);
  if (answer.kind === "problem" && answer.status === 403 && form && (await renewToken())) {
    answer = await request(address, form, background);
  }
  connection.heard(answer.kind !== "lost");
  if (answer.kind === "signed-out") {
    askToSignIn();
  }
  return answer;
}

async function request(address, form, background) {
  const headers = { "Safecall-Fetch": "1" };
  if (background) {
    headers["Safecall-Background"] = "1";
  }
  let body;
  if (form) {
    body = new URLSearchParams(form);
    body.delete("csrfmiddlewaretoken");
    headers["X-CSRFToken"] = token();
  }
  try {
    const response = await fetch(address, {
      method: form ? "POST" : "GET",
      headers,
      body,
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(SECONDS * 1000),
    });
    return await understood(response);
  } catch {
    return { kind: "lost", status: 0, data: {} };
  }
}

async function understood(response) {
  const status = response.status;
  if (status === 401 || response.type === "opaqueredirect") {
    return { kind: "signed-out", status, data: {} };
  }
  if (status === 204) {
    return { kind: "same", status, data: {} };
  }
  if (status === 502 || status === 504) {
    return { kind: "lost", status, data: {} };
  }
  const json = response.headers.get("Content-Type")?.startsWith("application/json");
  const data = json ? await response.json() : { text: await response.text() };
  return { kind: response.ok ? "ok" : "problem", status, data };
}

// A form token is renewed at each sign-in; a page that stood open meanwhile has the old one.
async function renewToken() {
  const address = document.getElementById("sign-in-again")?.dataset.signedIn;
  const answer = address ? await request(address, null, true) : null;
  if (answer?.kind !== "ok" || !answer.data.token) {
    return false;
  }
  useToken(answer.data.token);
  return true;
}
