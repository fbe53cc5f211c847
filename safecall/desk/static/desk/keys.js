// The keyboard: Alt with a letter anywhere, single letters only where nobody types.
//
// An element says by `data-alt="p"` or `data-key="n"` which key leads to it. Links and buttons are
// pressed, fields take the focus. Single keys can be switched off (WCAG 2.1.4).
// Where a browser keeps an Alt key for itself, F2 and then the letter does the same.

const CODES = { "/": "Slash", ".": "Period" };
const STORE = "safecall-single-keys";
const LEADER = "F2";
const LEADER_LASTS = 3000;
let ledAt = -LEADER_LASTS;

// Whether F2 was pressed just before; a modifier by itself does not use it up.
function led(event) {
  if (event.key === LEADER) {
    ledAt = event.timeStamp;
    return false;
  }
  if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) {
    return false;
  }
  const lasts = event.timeStamp - ledAt < LEADER_LASTS;
  ledAt = -LEADER_LASTS;
  return lasts;
}

export function codeOf(key) {
  if (key in CODES) {
    return CODES[key];
  }
  return /\d/.test(key) ? `Digit${key}` : `Key${key.toUpperCase()}`;
}

function typing(target) {
  return target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

// Arrows choose among the radio buttons of a group.
function choosing(event) {
  return event.code.startsWith("Arrow") && event.target.matches("input[type=radio]");
}

function visible(element) {
  return element.getClientRects().length > 0;
}

export function reach(element) {
  if (element.matches("a, button")) {
    element.click();
  } else if (element.matches("summary")) {
    const details = element.parentElement;
    details.open = true;
    details.querySelector("select, input:not([type=hidden])")?.focus();
  } else {
    element.focus();
    element.select?.();
  }
}

function find(attribute, event) {
  return [...document.querySelectorAll(`[${attribute}]`)].find(
    (one) => codeOf(one.getAttribute(attribute)) === event.code && visible(one),
  );
}

function singleKeys() {
  return localStorage.getItem(STORE) !== "off";
}

function showShortcuts() {
  document.getElementById("shortcuts")?.showModal();
}

function onKey(event, own) {
  if (event.defaultPrevented || event.isComposing) {
    return;
  }
  const dialog = document.querySelector("dialog[open]");
  const alt = led(event) || (event.altKey && !event.ctrlKey && !event.metaKey);
  const held = event.altKey || event.ctrlKey || event.metaKey;
  const single = !alt && !held && !typing(event.target) && !choosing(event);
  let act = null;
  if (alt && event.code === "Slash") {
    act = showShortcuts;
  } else if (single && singleKeys() && event.key === "?") {
    act = showShortcuts;
  } else if (alt) {
    const found = find("data-alt", event);
    act = found ? () => reach(found) : own.alt?.[event.code];
  } else if (single && singleKeys()) {
    const found = find("data-key", event);
    act = found ? () => reach(found) : own.single?.[event.code];
  }
  if (act && !dialog) {
    event.preventDefault();
    act();
  }
}

export function listenToKeys(own = {}) {
  document.addEventListener("keydown", (event) => onKey(event, own));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-shortcuts]")) {
      showShortcuts();
    }
    if (event.target.closest("[data-close]")) {
      event.target.closest("dialog").close();
    }
  });
  document.addEventListener("keydown", (event) => {
    const details = event.key === "Escape" && event.target.closest?.("details.act[open]");
    if (details) {
      details.open = false;
      details.querySelector("summary").focus();
    }
  });
  const box = document.getElementById("single-keys");
  if (box) {
    box.checked = singleKeys();
    box.addEventListener("change", () => localStorage.setItem(STORE, box.checked ? "on" : "off"));
  }
}
