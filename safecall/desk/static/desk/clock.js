// How long ago, counted on: `<time data-since datetime=...>` shows 0:42, 12:05, 2 h 10.

function words(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60}` : `${Math.floor(hours / 24)} d`;
}

export function tick() {
  for (const time of document.querySelectorAll("time[data-since]")) {
    const since = Date.parse(time.dateTime);
    time.title ||= time.textContent;
    time.textContent = words(Math.max(0, Math.floor((Date.now() - since) / 1000)));
  }
}

export function keepTicking() {
  tick();
  setInterval(tick, 1000);
}
