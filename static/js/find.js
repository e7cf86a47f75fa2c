// Boxes that hold a record: what is typed is looked up by name (the ARIA combobox pattern). The name and the id stand
// beside the box in hidden fields; without this script the name alone is sent and the server looks it up.
(function () {
  let serial = 0;

  class Finder {
    constructor(input) {
      this.input = input;
      this.box = input.closest(".lookup");
      this.rows = [];
      this.at = -1;
      const behind = (end) => this.box.querySelector(`input[name="${CSS.escape(input.name + end)}"]`);
      this.pk = behind("-pk");
      this.is = behind("-is");
      this.way = this.box.querySelector(".lookup-open");
      this.build();
      this.listen();
    }

    build() {
      const number = (serial += 1);
      this.list = document.createElement("ul");
      Object.assign(this.list, { id: `found-${number}`, className: "lookup-list", hidden: true });
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", this.label());
      const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
      Object.entries(roles).forEach(([name, value]) => this.input.setAttribute(name, value));
      this.box.append(this.list);
    }

    label() {
      const label = this.input.labels && this.input.labels[0];
      return (label && label.textContent.trim()) || this.input.getAttribute("aria-label") || "";
    }

    listen() {
      this.input.addEventListener("focus", () => this.input.select());
      this.input.addEventListener("click", () => this.list.hidden && this.ask(""));
      this.input.addEventListener("input", () => {
        this.isStale = true; // what is listed was found by other words
        this.hasEntered = false;
        this.lead();
        this.later();
      });
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
      this.timer = setTimeout(() => this.ask(this.input.value), 150);
    }

    // What other boxes of the same row hold that decides what this one offers.
    others() {
      const end = this.input.name.split("-").pop();
      const beside = this.input.name.slice(0, this.input.name.length - end.length);
      return (this.input.dataset.with || "").split(" ").filter(Boolean).map((name) => {
        const form = this.input.form;
        const found = form && (form.elements[`${beside}${name}-pk`] || form.elements[`${beside}${name}`]);
        return [`with-${name}`, found ? (found.type === "checkbox" ? (found.checked ? "on" : "") : found.value) : ""];
      });
    }

    async ask(text) {
      const question = (this.question = Symbol("question"));
      const asked = new URLSearchParams([["q", text.trim()], ...this.others()]);
      const answer = await fetch(`${this.input.dataset.find}?${asked}`, { headers: { Accept: "application/json" } });
      if (question !== this.question || document.activeElement !== this.input) return;
      this.isStale = false;
      if (!answer.ok) return;
      const found = await answer.json();
      const words = this.words();
      const more = found.more && words && window.niagaChoose ? [{ act: "more", text: words.more }] : [];
      this.show([...found.rows, ...more, ...this.acts(text.trim())]);
    }

    // What stands below the records found: making one of what is typed.
    acts(text) {
      const words = this.words();
      if (!words || !text || text === this.is.value) return [];
      const made = this.input.dataset.makes ? [{ act: "make", text: words.make.replace("%s", text) }] : [];
      return this.input.dataset.new ? [...made, { act: "edit", text: words.edit }] : made;
    }

    words() {
      const told = document.getElementById("find-words");
      return told ? JSON.parse(told.textContent) : null;
    }

    async make(text) {
      const body = new URLSearchParams([["q", text], ...this.others()]);
      const token = this.input.form.elements.csrfmiddlewaretoken.value;
      const answer = await fetch(this.input.dataset.find, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token } });
      const told = answer.status < 500 && (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
      if (told.id) return this.set(told.text, String(told.id));
      return this.tell(told.refused || this.words().failed);
    }

    tell(sentence) {
      let note = this.box.querySelector(".invalid-feedback");
      if (!note) {
        note = document.createElement("span");
        note.className = "invalid-feedback";
        note.setAttribute("role", "alert");
        this.box.append(note);
      }
      note.textContent = sentence;
    }

    async more(text) {
      const chosen = await window.niagaChoose(this.input.dataset.find, this.others(), text, this.label());
      this.input.focus();
      if (chosen) this.set(chosen.text, chosen.id);
      else this.input.value = this.is.value;
    }

    edit(text) {
      const address = new URL(this.input.dataset.new, window.location.href);
      address.searchParams.set("default_name", text);
      this.others().forEach(([name, value]) => value && address.searchParams.set(name.replace("with-", "default_"), value));
      window.open(address, "_blank", "noopener");
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
          if (row.act) item.className = "lookup-act";
          return item;
        })
      );
      this.open(rows.length > 0);
      if (rows.length && !rows[0].act && this.input.value && this.input.value !== this.is.value) this.mark(0);
      if (this.hasEntered && this.at === 0) this.choose(rows[0]);
      this.hasEntered = false;
    }

    open(isOpen) {
      this.list.hidden = !isOpen;
      this.input.setAttribute("aria-expanded", String(isOpen));
      if (!isOpen) this.input.removeAttribute("aria-activedescendant");
      if (isOpen) this.place();
    }

    // Inside something that scrolls, the list stands over everything instead.
    place() {
      const scrolls = this.box.closest(".rows-scroll, .record-lines");
      this.list.classList.toggle("at-edge", Boolean(scrolls));
      if (!scrolls) return;
      const at = this.input.getBoundingClientRect();
      const left = Math.min(at.left, window.innerWidth - Math.max(at.width, 224) - 8);
      this.list.style.setProperty("inset-block-start", `${at.bottom + 2}px`);
      this.list.style.setProperty("inset-inline-start", `${Math.max(8, left)}px`);
      this.list.style.setProperty("width", `${Math.max(at.width, 224)}px`);
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
      if (step && event.altKey) return;
      if (this.isStale && (step || event.key === "Enter")) this.hasEntered = event.key === "Enter"; // whoever types faster than we find
      else if (step && this.list.hidden) this.ask(this.input.value === this.is.value ? "" : this.input.value);
      else if (step) this.mark((this.at + step + this.rows.length) % this.rows.length);
      else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) this.choose(this.rows[this.at]);
      else if (event.key === "Escape" && !this.list.hidden) this.open(false);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    choose(row) {
      const text = this.input.value.trim();
      this.open(false);
      if (row.act === "more") this.more(text === this.is.value ? "" : text);
      else if (row.act === "make") this.make(text);
      else if (row.act === "edit") this.edit(text);
      else this.set(row.text, String(row.id));
    }

    leave() {
      clearTimeout(this.timer);
      this.question = null;
      this.isStale = this.hasEntered = false;
      if (!this.input.value.trim()) this.set("", "");
      else if (!this.list.hidden && this.at >= 0 && !this.rows[this.at].act && this.input.value !== this.is.value) this.choose(this.rows[this.at]);
      this.open(false);
    }

    lead() {
      if (!this.way) return;
      this.way.hidden = !this.pk.value || this.input.value !== this.is.value;
      this.way.href = this.input.dataset.opens.replace("/0/", `/${this.pk.value}/`);
      const told = this.way.dataset.told.replace("…", this.is.value);
      this.way.setAttribute("aria-label", told);
      this.way.title = told;
    }

    set(text, pk) {
      const isNew = this.pk.value !== pk;
      this.input.value = text;
      this.pk.value = pk;
      this.is.value = text;
      const note = this.box.querySelector(".invalid-feedback");
      if (note) note.remove();
      this.lead();
      if (isNew) this.input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  window.niagaFinders = function (within) {
    within.querySelectorAll("input[data-find]").forEach((input) => {
      if (!input.hasAttribute("role")) new Finder(input);
    });
  };
  document.addEventListener("DOMContentLoaded", () => window.niagaFinders(document));
})();
