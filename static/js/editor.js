// Rich text: a light editor in the place of the HTML. The HTML itself is only changed where something is typed.
(function () {
  const ACTS = [
    ["bold", "B", "b"],
    ["italic", "I", "i"],
    ["insertUnorderedList", "•", ""],
    ["createLink", "↗", "k"],
  ];

  class Editor {
    constructor(source) {
      this.source = source;
      const words = JSON.parse(document.getElementById("editor-words").textContent);
      const label = source.labels && source.labels[0];
      this.page = document.createElement("div");
      Object.assign(this.page, { className: "form-control rich-text", contentEditable: "true", tabIndex: 0 });
      const told = { role: "textbox", "aria-multiline": "true", "aria-label": label ? label.textContent.trim() : source.getAttribute("aria-label") || "" };
      Object.entries(told).forEach(([name, value]) => this.page.setAttribute(name, value));
      ["aria-describedby", "aria-invalid"].forEach((name) => source.hasAttribute(name) && this.page.setAttribute(name, source.getAttribute(name)));
      this.fill();
      const bar = document.createElement("div");
      bar.className = "rich-bar";
      bar.setAttribute("role", "toolbar");
      bar.setAttribute("aria-label", words.tools);
      bar.append(...ACTS.map(([act, sign, key]) => this.button(act, sign, key, words)));
      const holder = document.createElement("div");
      holder.className = "rich-box";
      holder.append(bar, this.page);
      source.before(holder);
      source.hidden = true;
      if (label) label.addEventListener("click", () => this.page.focus());
      this.words = words;
      this.page.addEventListener("input", () => this.write());
      this.page.addEventListener("paste", (event) => this.paste(event));
      this.page.addEventListener("keydown", (event) => this.key(event));
      source.addEventListener("niaga-restored", () => this.fill());
    }

    // The server has cleaned it; a parsed document runs nothing while it is moved over.
    fill() {
      const parsed = new DOMParser().parseFromString(this.source.value, "text/html");
      this.page.replaceChildren(...parsed.body.childNodes);
    }

    button(act, sign, key, words) {
      const made = document.createElement("button");
      Object.assign(made, { type: "button", className: `rich-${act}`, textContent: sign, title: words[act] + (key ? ` (Ctrl ${key.toUpperCase()})` : "") });
      made.setAttribute("aria-label", words[act]);
      made.addEventListener("mousedown", (event) => event.preventDefault());
      made.addEventListener("click", () => this.act(act));
      return made;
    }

    act(act) {
      this.page.focus();
      let value;
      if (act === "createLink") {
        value = window.prompt(this.words.address, "https://");
        if (!value) return;
      }
      document.execCommand(act, false, value);
      this.write();
    }

    key(event) {
      if (!(event.ctrlKey || event.metaKey)) return;
      const found = ACTS.find(([, , key]) => key && key === event.key.toLowerCase());
      if (!found) return;
      event.preventDefault();
      event.stopPropagation();
      this.act(found[0]);
    }

    paste(event) {
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
    }

    write() {
      this.source.value = this.page.innerHTML;
      this.source.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  // Lines ask for theirs when their grid is drawn.
  window.niagaEditors = function (within, which) {
    within.querySelectorAll(which).forEach((source) => {
      if (!source.hidden && (source.closest(".rich-cell") || !source.closest("[data-grid]"))) new Editor(source);
    });
  };
  window.niagaEditors(document, "textarea[data-rich]");
})();
