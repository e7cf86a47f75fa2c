// Boxes of a form that hold more than a line: tags with a finder, and pictures that are seen before they are sent.
(function () {
  let serial = 0;

  // Chips of those chosen, and one box that finds more (the ARIA combobox pattern, as of a link to one record).
  class Tags {
    constructor(root) {
      this.root = root;
      this.input = document.createElement("input");
      this.list = document.createElement("ul");
      serial += 1;
      Object.assign(this.list, { id: `tags-${serial}`, className: "lookup-list", hidden: true });
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", root.dataset.add);
      Object.assign(this.input, { type: "text", className: "form-control tags-add", autocomplete: "off", placeholder: root.dataset.add });
      const legend = root.closest("fieldset") && root.closest("fieldset").querySelector("legend");
      const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
      Object.entries({ ...roles, "aria-label": `${root.dataset.add}: ${legend ? legend.textContent : ""}` }).forEach(([name, value]) => this.input.setAttribute(name, value));
      const holder = document.createElement("span");
      holder.className = "lookup";
      holder.append(this.input, this.list);
      root.append(holder);
      this.rows = [];
      this.at = -1;
      this.listen();
    }

    listen() {
      this.input.addEventListener("input", () => {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.ask(), 150);
      });
      this.input.addEventListener("click", () => this.list.hidden && this.ask());
      this.input.addEventListener("blur", () => this.open(false));
      this.input.addEventListener("keydown", (event) => this.key(event));
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const row = event.target.closest("[data-place]");
        if (row) this.add(this.rows[Number(row.dataset.place)]);
      });
    }

    async ask() {
      const question = (this.question = Symbol("question"));
      const answer = await fetch(`${this.root.dataset.find}?q=${encodeURIComponent(this.input.value.trim())}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || question !== this.question || document.activeElement !== this.input) return;
      const held = new Set([...this.root.querySelectorAll("input:checked")].map((one) => one.value));
      const told = await answer.json();
      const words = document.getElementById("find-words");
      const more = told.more && words && window.niagaChoose ? [{ act: "more", text: JSON.parse(words.textContent).more }] : [];
      this.rows = [...told.rows.filter((row) => !held.has(String(row.id))), ...more];
      this.at = -1;
      this.list.replaceChildren(
        ...this.rows.map((row, place) => {
          const item = document.createElement("li");
          Object.assign(item, { id: `${this.list.id}-${place}`, textContent: row.text });
          item.setAttribute("role", "option");
          item.setAttribute("aria-selected", "false");
          item.dataset.place = String(place);
          if (row.act) item.className = "lookup-act";
          return item;
        })
      );
      this.open(this.rows.length > 0);
      if (this.rows.length && !this.rows[0].act && this.input.value) this.mark(0);
    }

    open(isOpen) {
      this.list.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
      if (!isOpen) this.input.removeAttribute("aria-activedescendant");
    }

    mark(place) {
      this.at = place;
      [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === place)));
      this.input.setAttribute("aria-activedescendant", this.list.children[place].id);
      this.list.children[place].scrollIntoView({ block: "nearest" });
    }

    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && this.list.hidden) this.ask();
      else if (step && this.rows.length) this.mark((this.at + step + this.rows.length) % this.rows.length);
      else if (event.key === "Enter") {
        if (!this.list.hidden && this.at >= 0) this.add(this.rows[this.at]);
      } else if (event.key === "Escape" && !this.list.hidden) this.open(false);
      else if (event.key === "Backspace" && !this.input.value) {
        const last = [...this.root.querySelectorAll("input:checked")].pop();
        if (last) this.tick(last, false);
        return;
      } else return;
      event.preventDefault();
      event.stopPropagation();
    }

    async more() {
      const label = this.input.getAttribute("aria-label");
      const chosen = await window.niagaChoose(this.root.dataset.find, [], this.input.value.trim(), label);
      this.input.focus();
      if (chosen) this.add(chosen);
    }

    add(row) {
      if (row.act) {
        this.open(false);
        this.more();
        return;
      }
      let box = [...this.root.querySelectorAll("input[type=checkbox]")].find((one) => one.value === String(row.id));
      if (!box) {
        const chip = document.createElement("label");
        box = document.createElement("input");
        const text = document.createElement("span");
        chip.className = "chip";
        Object.assign(box, { type: "checkbox", className: "form-check-input", name: this.root.dataset.name, value: String(row.id) });
        text.textContent = row.text;
        chip.append(box, text);
        this.input.parentElement.before(chip);
      }
      this.tick(box, true);
      this.input.value = "";
      this.open(false);
    }

    tick(box, isOn) {
      box.checked = isOn;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  class FileBox {
    constructor(root) {
      const input = root.querySelector("input[type=file]");
      const preview = root.querySelector("[data-preview]");
      const remove = root.querySelector("input[type=checkbox]");
      if (!input) return;
      input.addEventListener("change", () => {
        const file = input.files[0];
        if (remove && file) remove.checked = false;
        if (!file || !preview || !file.type.startsWith("image/")) return;
        const reader = new FileReader();
        reader.addEventListener("load", () => {
          const image = document.createElement("img");
          Object.assign(image, { src: reader.result, alt: "", width: 96, height: 96 });
          preview.replaceChildren(image);
        });
        reader.readAsDataURL(file);
      });
      if (remove) remove.addEventListener("change", () => root.classList.toggle("is-removed", remove.checked));
    }
  }

  document.querySelectorAll("[data-tags]:not([data-small])").forEach((root) => new Tags(root));
  document.querySelectorAll("[data-file-box]").forEach((root) => new FileBox(root));
})();
