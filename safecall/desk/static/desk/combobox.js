// A field in which one types to search a list (ARIA 1.2 combobox). The list stands in the page as a
// <datalist>, so that without this script the browser's own list does the work.

let open = null;

function folded(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();
}

function readList(list) {
  return [...list.options].map((option) => ({
    value: option.value,
    hint: option.dataset.hint ?? "",
    keys: (option.dataset.keys ?? "").split(" "),
    label: folded(option.value),
    words: folded(`${option.value} ${option.dataset.hint} ${option.dataset.also ?? ""}`).split(
      /[\s()/]+/,
    ),
  }));
}

// How many letters must be added, dropped, changed or swapped until one begins like the other.
function distance(typed, word) {
  let before = [];
  let row = [...Array(word.length + 1).keys()];
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= word.length; j += 1) {
      const cost = typed[i - 1] === word[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + cost);
      if (j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) {
        next[j] = Math.min(next[j], before[j - 2] + 1);
      }
    }
    [before, row] = [row, next];
  }
  return Math.min(...row);
}

// Nothing begins with what was typed: what is spelled nearly so is shown, for the eye to choose.
function nearly(choices, typed) {
  const wanted = folded(typed).trim();
  const allowed = wanted.length < 4 ? 0 : wanted.length < 7 ? 1 : 2;
  return allowed === 0
    ? []
    : choices
        .map((choice) => [Math.min(...choice.words.map((word) => distance(wanted, word))), choice])
        .filter(([errors]) => errors <= allowed)
        .sort((a, b) => a[0] - b[0])
        .slice(0, 5)
        .map(([, choice]) => choice);
}

// Best first: has these keys as its own, begins with what was typed, then one of its words does,
// then all words do, then it stands somewhere inside (the 12 of unit D12); of equals the shorter
// ("Burglary").
function matches(choices, typed) {
  const wanted = folded(typed).trim();
  const parts = wanted.split(/\s+/);
  const ranked = [];
  for (const choice of choices) {
    if (wanted && choice.keys.includes(wanted)) {
      ranked.push([-1, choice]);
    } else if (!wanted || choice.label.startsWith(wanted)) {
      ranked.push([0, choice]);
    } else if (folded(choice.hint) === wanted) {
      ranked.push([-1, choice]);
    } else if (parts.every((part) => choice.words.some((word) => word.startsWith(part)))) {
      ranked.push([1, choice]);
    } else if (choice.label.includes(wanted)) {
      ranked.push([2, choice]);
    }
  }
  // A list with keys of its own (languages) stands in the order in which it is to be found.
  const ordered = choices.some((choice) => choice.keys[0]);
  const nearer = (a, b) => (wanted && !ordered ? a[1].label.length - b[1].label.length : 0);
  return ranked.sort((a, b) => a[0] - b[0] || nearer(a, b)).map(([, choice]) => choice);
}

// What the field's label says, without the key that stands beside it.
function labelOf(input) {
  const label = input.labels[0]?.cloneNode(true);
  label?.querySelectorAll("kbd").forEach((key) => key.remove());
  return label?.textContent.trim() ?? "";
}

class Combobox {
  constructor(input, list) {
    this.input = input;
    this.list = list;
    this.active = -1;
    this.found = [];
    this.box = document.createElement("ul");
    this.box.className = "choices";
    this.box.id = `${input.id}-choices`;
    this.box.role = "listbox";
    this.box.hidden = true;
    this.box.setAttribute("aria-label", labelOf(input));
    input.after(this.box);
    input.removeAttribute("list");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.box.id);
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("input", () => this.search());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.leave());
    this.box.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("[role=option]");
      if (item) {
        this.take(Number(item.dataset.at));
      }
    });
  }

  search() {
    const typed = this.input.value;
    const choices = readList(this.list);
    const found = matches(choices, typed).slice(0, 60);
    this.found = found.length > 0 ? found : nearly(choices, typed);
    this.box.replaceChildren(
      ...this.found.map((choice, at) => {
        const item = document.createElement("li");
        item.role = "option";
        item.id = `${this.box.id}-${at}`;
        item.dataset.at = at;
        const hint = document.createElement("span");
        hint.className = "choice-hint";
        hint.textContent = choice.hint;
        item.append(choice.value, " ", hint);
        return item;
      }),
    );
    this.show(this.found.length > 0);
    this.mark(typed.trim() && found.length > 0 ? 0 : -1);
  }

  show(visible) {
    this.box.hidden = !visible;
    this.input.setAttribute("aria-expanded", String(visible));
    if (visible) {
      open?.box !== this.box && open?.show(false);
      open = this;
    }
  }

  mark(at) {
    this.active = at;
    [...this.box.children].forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === at));
    });
    const item = this.box.children[at];
    if (item) {
      this.input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  take(at) {
    if (this.found[at]) {
      this.input.value = this.found[at].value;
    }
    this.show(false);
    this.mark(-1);
  }

  key(event) {
    const showing = !this.box.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!showing) {
        this.search();
        return;
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark((this.active + step + this.found.length) % this.found.length);
    } else if (event.key === "Enter" && showing && this.active >= 0 && !event.ctrlKey) {
      // In a list of its own Enter takes the choice and sends the form with it.
      this.take(this.active);
      this.input.dispatchEvent(new Event("chosen", { bubbles: true }));
    } else if (event.key === "Escape" && showing) {
      event.preventDefault();
      event.stopPropagation();
      this.show(false);
    }
  }

  leave() {
    if (!this.box.hidden && this.active >= 0 && this.input.value.trim()) {
      this.take(this.active);
    }
    this.show(false);
  }
}

export function searchFields(root = document) {
  for (const input of root.querySelectorAll("input[data-search]")) {
    const list = document.getElementById(input.getAttribute("list"));
    if (list) {
      new Combobox(input, list);
    }
  }
}
