// What the table of lines holds that the server has drawn: its columns, and the values of its rows.
(function () {
  const only = (html) => {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content;
  };

  // What kind of control stands in a cell of the blank row decides how its whole column is drawn.
  function column(head, cell) {
    const found = { name: head.dataset.name, type: head.dataset.type, label: head.textContent.trim(), isNumber: head.classList.contains("end") };
    const box = cell && cell.querySelector("input:not([type=hidden]), select, textarea");
    if (!box) return { ...found, kind: "shown" };
    if (cell.querySelector("input[data-find]")) return { ...found, kind: "link", marks: { ...box.dataset } };
    if (cell.querySelector("[data-tags]") || box.multiple) return { ...found, kind: "tags", choices: ticks(cell) };
    if (box.tagName === "SELECT") return { ...found, kind: "choice", choices: [...box.options].map((one) => ({ value: one.value, text: one.textContent })) };
    if (box.type === "checkbox") return { ...found, kind: "tick" };
    if (box.dataset.rich !== undefined) return { ...found, kind: "rich" };
    if (box.tagName === "TEXTAREA") return { ...found, kind: "text" };
    return { ...found, kind: "box", input: box.type, mode: box.inputMode || "", size: box.maxLength > 0 ? box.maxLength : null };
  }

  function ticks(cell) {
    const options = [...cell.querySelectorAll("option")].map((one) => ({ value: one.value, text: one.textContent.trim() }));
    const boxes = [...cell.querySelectorAll("input[type=checkbox]")].map((one) => ({ value: one.value, text: one.closest("label").textContent.trim() }));
    return options.length ? options : boxes;
  }

  function value(one, cell) {
    const box = cell && cell.querySelector("input:not([type=hidden]), select, textarea");
    if (!box) return undefined;
    if (one.kind === "link") {
      const behind = (end) => (cell.querySelector(`input[name$="-${end}"]`) || {}).value || "";
      return { text: box.value, pk: behind("pk"), is: behind("is") };
    }
    if (one.kind === "tags") return [...cell.querySelectorAll("input:checked, option:checked")].map((tick) => tick.value);
    return one.kind === "tick" ? box.checked : box.value;
  }

  class Table {
    constructor(root) {
      this.root = root;
      this.prefix = root.dataset.lines;
      this.lead = root.dataset.lead;
      this.text = root.dataset.text;
      this.sections = root.dataset.sections;
      this.sequence = root.dataset.sequence;
      this.blankRow = root.querySelector("template[data-blank]").content.querySelector("tr");
      this.columns = [...root.querySelectorAll("thead th[data-name]")].map((head) => column(head, this.cell(this.blankRow, head.dataset.name)));
      this.boxed = this.columns.filter((one) => one.kind !== "shown").map((one) => one.name);
      this.serial = 0;
      // Read at once: the table goes away before the grid is drawn.
      this.rows = [...root.querySelectorAll("tbody [data-line]:not([data-spare])")].map((row) => this.read(row));
      this.sums = Object.fromEntries([...root.querySelectorAll("tfoot [data-sum]")].map((cell) => [cell.dataset.sum, cell.innerHTML]));
    }

    cell(row, name) {
      return row.querySelector(`td[data-field="${name}"]`);
    }

    read(row) {
      const found = { key: (this.serial += 1), pk: row.dataset.pk || "", kind: row.dataset.kind || "", values: {}, shown: {}, errors: {}, open: [], touched: [] };
      const gone = row.querySelector("input[name$='-DELETE']");
      found.isGone = Boolean(gone && gone.checked);
      for (const one of this.columns) {
        const cell = this.cell(row, one.name);
        const held = value(one, cell);
        if (held === undefined) found.shown[one.name] = cell ? cell.innerHTML.trim() : "";
        else found.values[one.name] = held;
        const error = cell && cell.querySelector(".invalid-feedback");
        if (error) found.errors[one.name] = error.textContent.trim();
      }
      return found;
    }

    // A new line: what stands in it the noun has proposed, and may propose anew, until somebody types.
    blank(kind) {
      const found = this.read(this.blankRow);
      found.kind = kind || "";
      if (kind) found.values = { [this.text]: "" };
      found.open = Object.keys(found.values);
      return found;
    }
  }

  window.niagaTable = { Table, only };
})();
