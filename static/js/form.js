// The page of a record: its tabs, questions before what cannot be undone, Ctrl-S, and the first thing that is wrong.
(function () {
  const form = document.querySelector("[data-record]");
  if (!form) return;

  form.addEventListener("click", (event) => {
    const asks = event.target.closest("[data-confirm]");
    if (asks && !window.confirm(asks.dataset.confirm)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      const save = form.querySelector("[data-save]");
      if (save) save.click();
    }
  });

  // Sections become tabs (the ARIA tabs pattern). Without this script all of them are open.
  class Tabs {
    constructor(root) {
      this.key = `niaga-tab:${form.dataset.key}`;
      this.panels = [...root.children].filter((one) => one.matches("[data-tab]"));
      if (this.panels.length < 2) return;
      this.list = document.createElement("div");
      this.list.className = "tab-list";
      this.list.setAttribute("role", "tablist");
      this.list.setAttribute("aria-label", root.getAttribute("aria-label"));
      root.removeAttribute("aria-label");
      this.buttons = this.panels.map((panel) => this.button(panel));
      this.list.append(...this.buttons);
      root.prepend(this.list);
      root.classList.add("are-tabs");
      this.list.addEventListener("keydown", (event) => this.step(event));
      this.open(this.first());
    }

    button(panel) {
      const heading = panel.querySelector(".tab-label");
      const made = document.createElement("button");
      Object.assign(made, { type: "button", id: `${panel.id}-tab`, className: "tab-button", textContent: heading.textContent });
      made.setAttribute("role", "tab");
      made.setAttribute("aria-controls", panel.id);
      heading.hidden = true;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", made.id);
      made.addEventListener("click", () => this.open(panel));
      if (panel.querySelector("[aria-invalid]")) made.classList.add("is-wrong");
      return made;
    }

    first() {
      const wrong = this.panels.find((panel) => panel.querySelector("[aria-invalid]"));
      const named = this.panels.find((panel) => `#${panel.id}` === window.location.hash || panel.id === sessionStorage.getItem(this.key));
      return wrong || named || this.panels[0];
    }

    open(wanted) {
      this.panels.forEach((panel, place) => {
        panel.hidden = panel !== wanted;
        this.buttons[place].setAttribute("aria-selected", String(panel === wanted));
        this.buttons[place].tabIndex = panel === wanted ? 0 : -1;
      });
      sessionStorage.setItem(this.key, wanted.id);
    }

    step(event) {
      const at = this.buttons.indexOf(event.target);
      const last = this.buttons.length - 1;
      const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      this.open(this.panels[to]);
      this.buttons[to].focus();
    }
  }

  form.querySelectorAll("[data-tabs]").forEach((root) => new Tabs(root));
  const wrong = form.querySelector("[aria-invalid]");
  if (wrong) requestAnimationFrame(() => (wrong.matches("input, select, textarea") ? wrong : wrong.querySelector("input") || wrong).focus());
})();
