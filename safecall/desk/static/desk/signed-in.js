// Tells the pages that were left open that their person is back.

const { user, token } = document.getElementById("signed-in").dataset;
new BroadcastChannel("safecall-sign-in").postMessage({ user, token });
