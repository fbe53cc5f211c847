// Shows a ring while the interpreter's page is closed. A message holds the language and nothing
// about a caller, since a notice may show on a locked screen.

const PAGE = "/interpreter/";

function told(event) {
  try {
    return event.data.json();
  } catch {
    return {};
  }
}

self.addEventListener("push", (event) => {
  const { language, ring } = told(event);
  const title = language ? `Interpreter needed: ${language}` : "Interpreter needed";
  const notice = { body: "Tap to see.", tag: ring ?? "ring", requireInteraction: true, vibrate: [300, 150, 300] };
  event.waitUntil(self.registration.showNotification(title, notice));
});

async function open() {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find((one) => new URL(one.url).pathname === PAGE);
  return page ? page.focus() : self.clients.openWindow(PAGE);
}

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});
