// The lines of a form as a grid one types in as in a spreadsheet. What it sends are the plain fields of the form.
(function () {
  const { Component, markup, useState, useRef, onMounted, onPatched, toRaw } = window.owl;
  const BOXES = "input:not([type=hidden]):not([type=checkbox]), select, textarea, summary";

  class Grid extends Component {
    static template = "niaga.Lines";
    static components = { Row: window.niagaRow };
    static props = { table: Object, words: Object, label: String, count: Object };

    setup() {
      this.markup = markup;
      this.table = this.props.table;
      this.words = this.props.words;
      this.grid = this;
      this.body = useRef("body");
      this.state = useState({ rows: this.table.rows, sums: this.table.sums, told: "" });
      this.isOrdered = Boolean(this.table.sequence);
      onMounted(() => {
        this.settle();
        if (this.isOrdered) this.drag();
      });
      onPatched(() => this.settle());
    }

    get hasSums() {
      return Object.values(this.state.sums).some(Boolean);
    }

    headClass(one) {
      return { end: one.isNumber, [`head-${one.kind}`]: true, [`head-of-${one.type}`]: true };
    }

    // After every drawing: boxes find records, texts are as tall as what they hold, and the form knows how many lines there are.
    settle() {
      this.show();
      if (window.niagaFinders) window.niagaFinders(this.body.el);
      if (window.niagaEditors) window.niagaEditors(this.body.el, ".rich-cell > textarea");
      this.body.el.querySelectorAll("textarea").forEach((box) => this.grow(box));
      this.props.count.value = String(this.state.rows.length);
      if (this.focusing) {
        const wanted = this.focusing;
        this.focusing = null;
        this.focus(wanted.key, wanted.field);
      }
    }

    // What boxes hold is not drawn but put into them, and never into the one being typed in: a drawing is always a bit late.
    show() {
      for (const line of this.body.el.children) {
        const row = toRaw(this.state.rows.find((one) => one.key === Number(line.dataset.row)));
        for (const column of this.table.columns) {
          const held = row.values[column.name];
          const box = held !== undefined && column.kind !== "tags" && line.querySelector(`[data-field="${column.name}"] :is(${BOXES}, [type=checkbox])`);
          if (!box || (box === document.activeElement && !this.isFresh(box))) continue;
          if (column.kind === "tick") box.checked = held;
          else if (column.kind === "link") this.link(box, held);
          else if (box.value !== held) {
            box.value = held;
            box.dispatchEvent(new Event("niaga-restored"));
          }
        }
      }
    }

    isFresh(box) {
      return !box.value && box.tagName === "SELECT";
    }

    link(box, held) {
      const behind = (end) => box.closest(".lookup").querySelector(`input[name="${CSS.escape(box.name + end)}"]`);
      if (box.value !== held.text) box.value = held.text;
      behind("-pk").value = held.pk;
      behind("-is").value = held.is;
    }

    grow(box) {
      box.style.setProperty("height", "auto");
      box.style.setProperty("height", `${box.scrollHeight + 2}px`);
    }

    changed() {
      this.table.root.dispatchEvent(new CustomEvent("niaga-lines", { bubbles: true }));
    }

    at(target) {
      const line = target.closest("[data-row]");
      const cell = target.closest("[data-field]");
      const row = line && this.state.rows.find((one) => one.key === Number(line.dataset.row));
      return { row, line, name: cell && cell.dataset.field };
    }

    // What is typed is kept in the state without drawing anew, so that the next drawing shows it.
    onInput(event) {
      if (event.target.isContentEditable) return; // its own text follows
      this.take(event.target);
      if (event.target.tagName === "TEXTAREA") this.grow(event.target);
    }

    onChange(event) {
      const { row, name } = this.at(event.target);
      if (!row || !name) return;
      const column = this.table.columns.find((one) => one.name === name);
      this.take(event.target);
      if (column.kind === "tags") row.values[name] = [...toRaw(row).values[name]];
      if (name === this.table.lead) row.open = this.table.boxed.filter((one) => one !== name && !row.touched.includes(one));
      if (name === this.table.lead && row === this.state.rows.at(-1) && row.values[name].pk) this.changed();
    }

    take(box) {
      const { row, name } = this.at(box);
      if (!row || !name) return;
      const raw = toRaw(row);
      const column = this.table.columns.find((one) => one.name === name);
      if (column.kind === "link") raw.values[name] = this.linked(box);
      else if (column.kind === "tags") raw.values[name] = [...box.closest("details").querySelectorAll("input:checked")].map((one) => one.value);
      else raw.values[name] = column.kind === "tick" ? box.checked : box.value;
      const isEmptied = box.value === "" && !["tags", "tick"].includes(column.kind) && !raw.pk;
      if (isEmptied && !row.open.includes(name)) row.open.push(name);
      if (!isEmptied && row.open.includes(name)) row.open = row.open.filter((one) => one !== name);
      if (!raw.touched.includes(name)) raw.touched.push(name);
      if (row.errors[name]) delete row.errors[name];
    }

    linked(input) {
      const behind = (end) => input.closest(".lookup").querySelector(`input[name="${CSS.escape(input.name + end)}"]`);
      return { text: input.value, pk: behind("-pk").value, is: behind("-is").value };
    }

    add(kind) {
      const row = this.table.blank(kind);
      this.state.rows.push(row);
      this.focusing = { key: row.key };
      this.state.told = "";
    }

    remove(row) {
      const rows = this.state.rows;
      const at = rows.indexOf(row);
      const near = rows.slice(at + 1).find((one) => !one.isGone) || rows.slice(0, at).reverse().find((one) => !one.isGone);
      if (row.pk) row.isGone = true;
      else rows.splice(at, 1);
      this.state.told = this.words.removed;
      if (near) this.focusing = { key: near.key };
      else this.table.root.querySelector("[data-add]").focus();
      this.changed();
    }

    move(row, step, field) {
      const rows = this.state.rows;
      const from = rows.indexOf(row);
      let to = from + step;
      while (rows[to] && rows[to].isGone) to += step;
      if (to < 0 || to >= rows.length) return;
      this.put(from, to);
      this.focusing = { key: row.key, field };
    }

    put(from, to) {
      const [row] = this.state.rows.splice(from, 1);
      this.state.rows.splice(to, 0, row);
      const stay = this.state.rows.filter((one) => !one.isGone);
      this.state.told = this.words.moved.replace("%s", String(stay.indexOf(row) + 1)).replace("%s", String(stay.length));
      this.changed();
    }

    drag() {
      window.Sortable.create(this.body.el, {
        handle: ".line-grip",
        animation: 120,
        // The drawing of the rows is OWL's alone: the row is put back, and the state says where it goes.
        onEnd: ({ item, from, oldIndex, newIndex }) => {
          if (oldIndex === newIndex) return;
          from.insertBefore(item, from.children[oldIndex < newIndex ? oldIndex : oldIndex + 1] || null);
          this.put(oldIndex, newIndex);
        },
      });
    }

    focus(key, field) {
      const line = this.body.el.querySelector(`[data-row="${key}"]`);
      if (!line) return;
      const box = field === "grip" ? line.querySelector(".line-grip") : (field && line.querySelector(`[data-field="${field}"] :is(${BOXES})`)) || line.querySelector(BOXES);
      if (box) this.enter(box);
    }

    // Rich text is typed into its editor.
    enter(box) {
      const page = box.hidden && box.parentElement.querySelector(".rich-text");
      (page || box).focus();
      if (!page && box.select) box.select();
    }

    onKey(event) {
      const { row, name } = this.at(event.target);
      if (!row || (event.target.isContentEditable && !event.altKey)) return;
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const onGrip = event.target.classList.contains("line-grip");
      if (this.isOrdered && step && (event.altKey || onGrip)) this.move(row, step, onGrip ? "grip" : name);
      else if ((event.ctrlKey || event.metaKey) && ["Delete", "Backspace"].includes(event.key)) this.remove(row);
      else if (!name || !this.keyInCell(event, row, name, step)) return;
      event.preventDefault();
    }

    keyInCell(event, row, name, step) {
      if (event.target.closest(".rich-cell")) return false;
      const box = event.target;
      if (box.closest("details[open]")) return this.keyInTags(event, box, step);
      if (box.matches("summary")) return Boolean(step) && this.go(row, name, step);
      if (event.key === "Enter" && !event.shiftKey) return this.go(row, name, 1) || this.next(name);
      if (event.key === "Tab" && !event.shiftKey) return this.tab(event, row);
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || box.matches("select, [type=date], [type=number]")) return false;
      if (step && box.matches("[data-find]")) return false;
      if (step) return !box.value.includes("\n") && this.go(row, name, step);
      const edge = { ArrowLeft: 0, ArrowRight: box.value.length }[event.key];
      const isWhole = box.selectionStart === 0 && box.selectionEnd === box.value.length;
      const isAtEdge = edge !== undefined && (isWhole || (box.selectionStart === edge && box.selectionEnd === edge));
      return isAtEdge && this.side(box, event.key === "ArrowLeft" ? -1 : 1);
    }

    keyInTags(event, box, step) {
      const details = box.closest("details");
      if (event.key === "Escape") {
        details.open = false;
        details.querySelector("summary").focus();
        return true;
      }
      const boxes = [...details.querySelectorAll("input")];
      const near = step && boxes[(boxes.indexOf(box) + step + boxes.length) % boxes.length];
      if (near) near.focus();
      else if (event.key === "Enter" && boxes.includes(box)) box.click();
      else return false;
      return true;
    }

    // The same field of the line above or below.
    go(row, name, step) {
      const rows = this.state.rows.filter((one) => !one.isGone);
      const near = rows[rows.indexOf(row) + step];
      if (!near) return false;
      this.focus(near.key, name);
      return true;
    }

    next() {
      this.add("");
      return true;
    }

    // From the last field of the last line that holds something, Tab begins another line.
    tab(event, row) {
      const rows = this.state.rows.filter((one) => !one.isGone);
      const boxes = [...event.target.closest("[data-row]").querySelectorAll(BOXES)];
      const isLast = row === rows.at(-1) && event.target === boxes.at(-1) && row.touched.length > 0;
      if (isLast) this.add("");
      return isLast;
    }

    side(box, step) {
      const boxes = [...box.closest("[data-row]").querySelectorAll(BOXES)];
      const near = boxes[boxes.indexOf(box) + step];
      if (!near) return false;
      this.enter(near);
      return true;
    }

    // What the server has worked out: cells that are only shown, fields that were left to it, what is wrong.
    tell(told, errors) {
      if (told) {
        this.state.sums = { ...this.state.sums, ...told.sums };
        for (const [index, line] of Object.entries(told.rows)) {
          const row = this.asked && this.asked[Number(index)];
          if (row && this.state.rows.includes(row)) this.fill(row, line);
        }
      }
      this.state.rows.forEach((row, index) => {
        const found = {};
        for (const one of this.table.boxed) {
          const said = errors[`${this.table.prefix}-${index}-${one}`];
          if (said && row.touched.includes(one)) found[one] = said.join(" ");
        }
        if (JSON.stringify(found) !== JSON.stringify(row.errors)) row.errors = found;
      });
    }

    fill(row, line) {
      Object.assign(row.shown, line.shown);
      for (const [name, held] of Object.entries(line.filled)) {
        const isBusy = document.activeElement && document.activeElement.closest(`[data-row="${row.key}"] [data-field="${name}"]`);
        if (row.open.includes(name) && !isBusy) row.values[name] = held;
      }
    }

    // Which row stood where when the server was asked: it may answer after they were moved.
    asking() {
      this.asked = [...this.state.rows];
    }
  }

  window.niagaGrid = Grid;
})();
