// Turns a select that has too many choices into a box to type in (the ARIA combobox pattern). The select stays in the
// form and carries the value; without this script it still works, with its first choices.
(function () {
  let serial = 0;

  class Lookup {
    constructor(select) {
      this.select = select;
      this.address = select.dataset.lookup;
      this.rows = [];
      this.at = -1;
      this.build();
      this.listen();
    }

    build() {
      const number = (serial += 1);
      this.box = document.createElement("div");
      this.box.className = "lookup";
      this.input = document.createElement("input");
      this.list = document.createElement("ul");
      const id = this.select.id;
      Object.assign(this.input, { type: "text", className: "form-control", autocomplete: "off", value: this.text() });
      for (const name of ["aria-label", "aria-describedby", "aria-invalid"]) {
        if (this.select.hasAttribute(name)) this.input.setAttribute(name, this.select.getAttribute(name));
      }
      this.input.classList.toggle("is-invalid", this.select.classList.contains("is-invalid"));
      const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `lookup-${number}` };
      Object.entries(roles).forEach(([name, value]) => this.input.setAttribute(name, value));
      Object.assign(this.list, { id: `lookup-${number}`, className: "lookup-list", hidden: true });
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", this.input.getAttribute("aria-label") || this.label());
      this.select.id = `${id}-value`;
      this.select.hidden = true;
      this.select.tabIndex = -1;
      this.input.id = id;
      this.select.before(this.box);
      this.box.append(this.input, this.list, this.select);
    }

    label() {
      const label = document.querySelector(`label[for="${CSS.escape(this.select.id)}"]`);
      return label ? label.textContent.trim() : "";
    }

    text() {
      const chosen = this.select.selectedOptions[0];
      return chosen && chosen.value ? chosen.textContent : "";
    }

    listen() {
      this.input.addEventListener("focus", () => this.input.select());
      this.input.addEventListener("click", () => this.ask(""));
      this.input.addEventListener("input", () => this.later());
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.input.addEventListener("blur", () => this.leave());
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const row = event.target.closest("[data-place]");
        if (row) this.choose(this.rows[Number(row.dataset.place)]);
      });
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(this.input.value), 180);
    }

    async ask(text) {
      const question = (this.question = Symbol("question"));
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || question !== this.question || document.activeElement !== this.input) return;
      this.show((await answer.json()).rows);
    }

    show(rows) {
      this.rows = rows;
      this.at = -1;
      this.list.replaceChildren(
        ...rows.map((row, place) => {
          const item = document.createElement("li");
          item.id = `${this.list.id}-${place}`;
          item.setAttribute("role", "option");
          item.setAttribute("aria-selected", "false");
          item.dataset.place = String(place);
          item.textContent = row.text;
          return item;
        })
      );
      this.open(rows.length > 0);
      if (rows.length && this.input.value && this.input.value !== this.text()) this.mark(0);
    }

    open(isOpen) {
      this.list.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
      if (!isOpen) this.input.removeAttribute("aria-activedescendant");
    }

    mark(place) {
      this.at = place;
      [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === place)));
      const item = this.list.children[place];
      if (!item) return;
      this.input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }

    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && this.list.hidden) this.ask(this.input.value === this.text() ? "" : this.input.value);
      else if (step) this.mark((this.at + step + this.rows.length) % this.rows.length);
      else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) this.choose(this.rows[this.at]);
      else if (event.key === "Escape" && !this.list.hidden) this.open(false);
      else return;
      event.preventDefault();
    }

    choose(row) {
      const known = [...this.select.options].some((option) => option.value === String(row.id));
      if (!known) this.select.add(new Option(row.text, row.id));
      this.set(String(row.id));
      this.open(false);
    }

    leave() {
      clearTimeout(this.timer);
      this.question = null;
      if (!this.input.value.trim()) this.set("");
      else if (!this.list.hidden && this.at >= 0 && this.input.value !== this.text()) this.choose(this.rows[this.at]);
      this.input.value = this.text();
      this.open(false);
    }

    set(value) {
      const isNew = this.select.value !== value;
      this.select.value = value;
      this.input.value = this.text();
      if (isNew) this.select.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  window.niagaLookups = function (within) {
    within.querySelectorAll("select[data-lookup]").forEach((select) => {
      if (!select.closest(".lookup")) new Lookup(select);
    });
  };
  document.addEventListener("DOMContentLoaded", () => window.niagaLookups(document));
})();
