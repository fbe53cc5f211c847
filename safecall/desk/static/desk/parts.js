// Parts of a page that open on demand: a link with `data-part="id"` fetches what its address gives
// and shows it in the element with that id, with the focus on the part's first heading or button.

import { replace } from "./live.js";
import { send } from "./net.js";

async function open(link) {
  const answer = await send(link.getAttribute("href"));
  const part = document.getElementById(link.dataset.part);
  if (answer.kind === "ok") {
    replace(part, answer.data.text);
    part.querySelector("[tabindex], button, input:not([type=hidden])")?.focus();
  } else if (answer.kind === "lost") {
    part.textContent = document.getElementById("connection").textContent;
  } else if (answer.kind === "problem") {
    part.textContent = answer.data.message ?? document.title;
  }
}

export function openParts() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-part]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open(link);
    }
  });
}
