// Sounds, vibrates and shows a ring, as far as the browser lets it. What rings stands in the page,
// which keeps itself up to date (live.js); this looks at its `data-count`.

import { offerPush } from "./push.js";

const EVERY = 2000;
const live = document.getElementById("live");
const told = document.getElementById("told");
const sound = document.getElementById("sound");
const notify = document.getElementById("notify");
let audio = null;
let noticed = "";

function ringing() {
  return Number(live.firstElementChild.dataset.count);
}

function tone(at, pitch) {
  const wave = new OscillatorNode(audio, { frequency: pitch });
  const volume = new GainNode(audio, { gain: 0.25 });
  wave.connect(volume).connect(audio.destination);
  wave.start(at);
  wave.stop(at + 0.25);
}

function ring() {
  if (audio?.state === "running") {
    tone(audio.currentTime, 880);
    tone(audio.currentTime + 0.35, 660);
  }
  navigator.vibrate?.([300, 150, 300]);
}

// One notice for each ring; it names the language alone, since it may show on a locked screen.
function show() {
  const first = live.querySelector(".ring h2");
  if (!first || noticed === first.id || !document.hidden || Notification?.permission !== "granted") {
    return;
  }
  noticed = first.id;
  try {
    const notice = new Notification(first.textContent, { tag: first.id, requireInteraction: true });
    notice.addEventListener("click", () => window.focus());
  } catch {
    // Some telephones allow notices from a service worker alone: then sound and page must do.
  }
}

function turn() {
  if (ringing() > 0) {
    ring();
    show();
  }
}

async function stayAwake() {
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // The battery is low: the page still rings while the screen is on.
  }
}

sound.addEventListener("click", async () => {
  audio ??= new AudioContext();
  await audio.resume();
  sound.setAttribute("aria-pressed", "true");
  sound.textContent = sound.dataset.on;
  tone(audio.currentTime, 880);
  stayAwake();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && audio) {
    stayAwake();
    audio.resume();
  }
});
if ("Notification" in window && Notification.permission === "default") {
  notify.hidden = false;
  notify.addEventListener("click", async () => {
    await Notification.requestPermission();
    notify.hidden = true;
  });
}
document.addEventListener("answered", (event) => {
  told.textContent = event.detail;
});
offerPush((words) => {
  told.textContent = words;
});
let seen = ringing();
new MutationObserver(() => {
  const count = ringing();
  if (count > seen) {
    told.textContent = "";
    turn();
  }
  seen = count;
}).observe(live, { childList: true });
setInterval(turn, EVERY);
