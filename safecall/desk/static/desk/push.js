// Rings by the browser maker's push service, where the department has set it up and the person
// wants it. Without either, the page says nothing of it.

import { send } from "./net.js";

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function filled(form, subscription) {
  const { endpoint, keys } = subscription.toJSON();
  const data = new FormData(form);
  data.set("endpoint", endpoint);
  data.set("p256dh", keys.p256dh);
  data.set("auth", keys.auth);
  return data;
}

async function worker(form) {
  await navigator.serviceWorker.register(form.dataset.worker, { scope: "/interpreter/" });
  return navigator.serviceWorker.ready;
}

async function turnOn(form) {
  if ((await Notification.requestPermission()) !== "granted") {
    return "The browser does not let this page show rings. Allow it in the browser's settings.";
  }
  const wanted = { userVisibleOnly: true, applicationServerKey: bytes(form.dataset.key) };
  try {
    const { pushManager } = await worker(form);
    const subscription = (await pushManager.getSubscription()) ?? (await pushManager.subscribe(wanted));
    const answer = await send(form.action, { form: filled(form, subscription) });
    return answer.data?.message ?? "That did not work. Try again.";
  } catch {
    return "The push service of the browser's maker cannot be reached. Keep this page open instead.";
  }
}

async function turnOff(form) {
  const subscription = await (await worker(form)).pushManager.getSubscription();
  if (!subscription) {
    return "";
  }
  const data = filled(form, subscription);
  data.set("off", "1");
  await subscription.unsubscribe();
  const answer = await send(form.action, { form: data });
  return answer.data?.message ?? "";
}

// Offers both buttons; `tell` shows a sentence.
export async function offerPush(tell) {
  const form = document.getElementById("push");
  if (!form || !("serviceWorker" in navigator) || !("PushManager" in window)) {
    return;
  }
  const [on, off] = [form.querySelector("[data-on]"), form.querySelector("[data-off]")];
  const show = async () => {
    const known = await navigator.serviceWorker.getRegistration("/interpreter/");
    const subscribed = Boolean(await known?.pushManager.getSubscription());
    on.hidden = subscribed;
    off.hidden = !subscribed;
    form.hidden = false;
  };
  on.addEventListener("click", async () => {
    tell(await turnOn(form));
    await show();
  });
  off.addEventListener("click", async () => {
    tell(await turnOff(form));
    await show();
  });
  await show();
}
