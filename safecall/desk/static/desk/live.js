// A page's part that keeps itself up to date: asked for each second, less often while the
// connection is lost.

import { tick } from "./clock.js";
import { connection } from "./connection.js";
import { send } from "./net.js";

const EVERY = 1000;
const SLOWEST = 8000;

// Calls `ask` again and again; it says whether an answer came. Returns a function that asks now.
export function poll(ask) {
  let pause = EVERY;
  let timer = 0;
  const turn = async () => {
    clearTimeout(timer);
    const answered = await ask();
    pause = answered ? EVERY : Math.min(pause * 2, SLOWEST);
    clearTimeout(timer);
    timer = setTimeout(turn, pause);
  };
  timer = setTimeout(turn, pause);
  connection.whenBack(() => {
    pause = EVERY;
  });
  window.addEventListener("online", turn);
  return turn;
}

// Puts new HTML in the place of the old and keeps the focus where it was, if that still exists.
export function replace(element, html) {
  const id = element.contains(document.activeElement) ? document.activeElement.id : null;
  element.innerHTML = html;
  tick();
  if (id !== null) {
    (document.getElementById(id) ?? element).focus({ preventScroll: true });
  }
}

function showCount(part) {
  const count = Number(part.dataset.count ?? 0);
  document.title = document.title.replace(/^\(\d+\) /, "");
  if (count > 0) {
    document.title = `(${count}) ${document.title}`;
  }
}

export function keepLive(element) {
  const { live, view } = element.dataset;
  const also = Number(element.dataset.alsoEvery ?? 0) * 1000;
  let fresh = Date.now();
  showCount(element.firstElementChild);
  return poll(async () => {
    const old = also && Date.now() - fresh > also;
    const after = old ? -1 : element.firstElementChild.dataset.change;
    const answer = await send(`${live}?view=${view}&after=${after}`, { background: true });
    if (answer.kind === "ok") {
      replace(element, answer.data.text);
      fresh = Date.now();
      showCount(element.firstElementChild);
    }
    return answer.kind === "ok" || answer.kind === "same";
  });
}
