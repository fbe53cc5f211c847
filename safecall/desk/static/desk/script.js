// Which script is shown: by incident type, in the chosen language. All stand in the page, so this
// works without the network.

export class Script {
  constructor(root) {
    this.root = root;
    this.ofType = JSON.parse(document.getElementById(root.dataset.types).textContent);
    this.select = document.getElementById("script-language");
    this.label = null;
    this.id = root.querySelector("[data-script]:not([hidden])").dataset.script;
    root.querySelector("[data-no-script]").hidden = true;
    this.select.addEventListener("change", () => this.show());
  }

  follow(label) {
    if (label === this.label) {
      return;
    }
    this.label = label;
    this.id = this.ofType[label] ?? "general";
    this.show();
  }

  nextLanguage() {
    this.select.selectedIndex = (this.select.selectedIndex + 1) % this.select.length;
    this.show();
  }

  show() {
    const language = this.select.value;
    for (const one of this.root.querySelectorAll("[data-script]")) {
      one.hidden = one.dataset.script !== this.id || one.dataset.language !== language;
    }
    for (const one of this.root.querySelectorAll("aside[data-language]")) {
      one.hidden = one.dataset.language !== language;
    }
  }
}
