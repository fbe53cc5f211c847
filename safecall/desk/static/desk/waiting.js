// What pages a supervisor: the counts in the header, kept up to date on every page of theirs.

import { send } from "./net.js";

const EVERY = 10_000;

function show(link, count) {
  const tag = link.querySelector(".tag") ?? document.createElement("span");
  tag.className = "tag tag-care";
  tag.textContent = String(count);
  if (count > 0) {
    link.append(" ", tag);
  } else {
    tag.remove();
  }
}

export function keepWaiting(told) {
  const links = [...document.querySelectorAll(".site-nav a")];
  setInterval(async () => {
    const answer = await send(told.dataset.waiting, { background: true });
    if (answer.kind !== "ok") {
      return;
    }
    const grown = [];
    for (const { address, label, count } of answer.data.waiting ?? []) {
      const link = links.find((one) => one.getAttribute("href") === address);
      const before = Number(link?.querySelector(".tag")?.textContent ?? 0);
      if (link && count !== before) {
        show(link, count);
        if (count > before) {
          grown.push(`${label}: ${count}`);
        }
      }
    }
    if (grown.length > 0) {
      told.textContent = grown.join(", ");
    }
  }, EVERY);
}
