// One line of the grid, and the small box for its tags.
(function () {
  const { Component, markup, useRef } = window.owl;

  class Tags extends Component {
    static template = "niaga.Tags";
    static props = { row: Object, column: Object, name: String, grid: Object };

    setup() {
      this.box = useRef("box");
      this.panel = useRef("panel");
    }

    get chosen() {
      const held = this.props.row.values[this.props.column.name];
      return this.props.column.choices.filter((one) => held.includes(one.value));
    }

    get label() {
      const names = this.chosen.map((one) => one.text).join(", ");
      return `${this.props.column.label}: ${names || this.props.grid.words.none}`;
    }

    // The grid scrolls sideways: the panel stands over it.
    place() {
      const box = this.box.el;
      if (!box.open) return;
      const at = box.getBoundingClientRect();
      const panel = this.panel.el;
      panel.style.setProperty("inset-block-start", `${at.bottom + 2}px`);
      panel.style.setProperty("inset-inline-start", `${Math.max(8, Math.min(at.left, window.innerWidth - 264))}px`);
      const first = panel.querySelector("input:checked") || panel.querySelector("input");
      if (first) first.focus();
    }

    leave(event) {
      if (!this.box.el.contains(event.relatedTarget)) this.box.el.open = false;
    }
  }

  class Row extends Component {
    static template = "niaga.Line";
    static components = { Tags };
    static props = { row: Object, index: Number, grid: Object };

    setup() {
      this.markup = markup;
    }

    get row() {
      return this.props.row;
    }

    get grid() {
      return this.props.grid;
    }

    get table() {
      return this.grid.table;
    }

    get prefix() {
      return `${this.table.prefix}-${this.props.index}`;
    }

    get columns() {
      return this.row.kind ? this.table.columns.filter((one) => one.name === this.table.text) : this.table.columns;
    }

    get rowClass() {
      return this.row.kind ? `line-words ${this.row.kind}` : "";
    }

    get gripLabel() {
      return this.grid.words.move.replace("%s", String(this.props.index + 1));
    }

    name(one) {
      return `${this.prefix}-${one.name}`;
    }

    marks(one) {
      return Object.fromEntries(Object.entries(one.marks).map(([name, text]) => [`data-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`, text]));
    }

    told(one) {
      return this.row.errors[one.name] ? `${this.prefix}-${one.name}-told` : undefined;
    }

    textLabel(one) {
      const kinds = { line_section: this.grid.words.isSection, line_note: this.grid.words.isNote };
      return kinds[this.row.kind] || one.label;
    }

    cellClass(one) {
      const wide = one.kind === "link" || one.kind === "tags" || (one.name === this.table.text && one.input === "text");
      return { end: one.isNumber, "line-wide": wide, [`cell-${one.kind}`]: true };
    }
  }

  window.niagaRow = Row;
})();
