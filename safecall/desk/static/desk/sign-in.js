// The sign-in has ended while a page was open: sign in beside it, and lose nothing.

import { useToken } from "./net.js";

const after = new Set();

export function askToSignIn() {
  const dialog = document.getElementById("sign-in-again");
  if (dialog && !dialog.open) {
    dialog.showModal();
  }
}

export function whenSignedIn(retry) {
  after.add(retry);
}

function signedIn({ user, token }) {
  const dialog = document.getElementById("sign-in-again");
  if (!dialog) {
    return;
  }
  // Somebody else's name must not stand under this person's words.
  const same = user === dialog.dataset.user;
  dialog.querySelector("[data-other]").hidden = same;
  if (!same) {
    return;
  }
  useToken(token);
  dialog.close();
  for (const retry of after) {
    retry();
  }
}

export function listenForSignIn() {
  new BroadcastChannel("safecall-sign-in").addEventListener("message", (event) =>
    signedIn(event.data),
  );
}
