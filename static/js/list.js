// A list: groups that open where they stand, rows that are ticked, rows that are edited in place. All of it works by
// links and buttons without this script, except editing in place, for which there is the record's own page.
(function () {
  const table = document.querySelector("[data-list]");
  if (!table) return;
  const form = document.querySelector("[data-many]");

  // Groups.
  const within = (key) => [...table.querySelectorAll("tr[data-in]")].filter((row) => row.dataset.in === key || row.dataset.in.startsWith(`${key}-`));

  async function rowsFrom(address) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return null;
    const holder = document.createElement("tbody");
    holder.innerHTML = await answer.text();
    return [...holder.children];
  }

  async function toggle(link) {
    const row = link.closest("tr");
    const isOpen = link.getAttribute("aria-expanded") === "true";
    const inner = within(row.dataset.group);
    if (isOpen) {
      inner.forEach((one) => one.remove());
    } else {
      const rows = await rowsFrom(link.dataset.part);
      if (!rows) return window.location.assign(link.href);
      row.after(...rows);
      prepare();
    }
    link.setAttribute("aria-expanded", String(!isOpen));
    count();
  }

  async function more(link) {
    const row = link.closest("tr");
    const rows = await rowsFrom(link.dataset.more);
    if (!rows) return window.location.assign(link.href);
    const first = rows[0] && rows[0].querySelector("a, input");
    row.replaceWith(...rows);
    prepare();
    if (first) first.focus();
  }

  function prepare() {
    table.querySelectorAll("[data-part]:not([aria-expanded])").forEach((link) => {
      link.setAttribute("aria-expanded", "false");
      link.setAttribute("role", "button");
    });
    table.querySelectorAll("tr[data-edit]").forEach((row) => row.classList.add("can-edit"));
  }

  // Ticked rows.
  const ticks = () => [...table.querySelectorAll("input[name=row]")];
  const all = table.querySelector("[data-tick-all]");
  let last = null;

  function count() {
    if (!form) return;
    const boxes = ticks();
    const ticked = boxes.filter((box) => box.checked).length;
    const scope = form.querySelector("[data-scope]");
    const told = form.querySelector("[data-many-count]");
    form.classList.toggle("is-on", ticked > 0 || Boolean(scope && scope.checked));
    told.hidden = false;
    told.textContent = ticked === 1 ? told.dataset.one : told.dataset.several.replace("%s", String(ticked));
    boxes.forEach((box) => box.closest("tr").classList.toggle("is-ticked", box.checked));
    if (!all) return;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  }

  function tick(box, event) {
    const boxes = ticks();
    if (event.shiftKey && last && boxes.includes(last)) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      boxes.slice(from, to + 1).forEach((one) => (one.checked = box.checked));
    }
    last = box;
    count();
  }

  // Rows edited in place.
  const typed = (row) => Object.fromEntries([...row.querySelectorAll("input[name], select[name], textarea[name]")].filter((box) => !box.closest(".tick")).filter((box) => !["checkbox", "radio"].includes(box.type) || box.checked).map((box) => [box.name, box.value]));

  async function edit(row, at) {
    if (row.classList.contains("is-edited")) return;
    if (table.querySelector("tr.is-edited")) return table.querySelector("tr.is-edited input:not([type=hidden])").focus();
    const inside = row.dataset.in ? `?in=${row.dataset.in}` : "";
    await window.htmx.ajax("GET", row.dataset.edit + inside, { target: row, swap: "outerHTML" });
    const edited = table.querySelector("tr.is-edited");
    if (!edited) return;
    window.niagaFinders(edited);
    const cell = edited.children[at];
    const box = (cell && cell.querySelector("input:not([type=hidden]), select, textarea")) || edited.querySelector("td:not(.tick) input:not([type=hidden]), select, textarea");
    if (box) box.focus();
  }

  async function leave(row, isSaved) {
    const key = row.dataset.row;
    const query = row.dataset.in ? `?in=${row.dataset.in}` : "";
    if (isSaved) await window.htmx.ajax("POST", row.dataset.edit + query, { target: row, swap: "outerHTML", values: typed(row) });
    else await window.htmx.ajax("GET", `${row.dataset.edit}${query}${query ? "&" : "?"}shown=1`, { target: row, swap: "outerHTML" });
    const now = table.querySelector(`tr[data-row="${key}"]`);
    if (!now) return;
    if (now.classList.contains("is-edited")) {
      window.niagaFinders(now);
      const wrong = now.querySelector(".is-invalid") || now.querySelector("td:not(.tick) input:not([type=hidden])");
      if (wrong) wrong.focus();
    } else {
      prepare();
      now.querySelector("a").focus();
    }
  }

  table.addEventListener("click", (event) => {
    const link = event.target.closest("[data-part], [data-more]");
    if (link && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      return link.dataset.part ? toggle(link) : more(link);
    }
    if (event.target.matches("input[name=row]")) return tick(event.target, event);
    const row = event.target.closest("tr.is-edited");
    if (row && event.target.closest("[data-row-save]")) leave(row, true);
    if (row && event.target.closest("[data-row-leave]")) leave(row, false);
  });
  table.addEventListener("dblclick", (event) => {
    const row = event.target.closest("tr[data-edit]");
    if (!row || event.target.closest("input, button")) return;
    event.preventDefault();
    edit(row, [...row.children].indexOf(event.target.closest("td, th")));
  });
  table.addEventListener("keydown", (event) => {
    const link = event.target.closest("[data-part]");
    if (link && event.key === " ") {
      event.preventDefault();
      return toggle(link);
    }
    const row = event.target.closest("tr[data-edit]");
    if (!row) return;
    if (row.classList.contains("is-edited")) {
      if (event.defaultPrevented || event.target.closest("button")) return;
      if (event.key === "Enter" && event.target.tagName !== "TEXTAREA") leave(row, true);
      else if (event.key === "Escape") leave(row, false);
      else return;
      event.preventDefault();
    } else if (event.key === "F2" || (event.key === "Enter" && event.target.matches("input[name=row]"))) {
      event.preventDefault();
      edit(row, 1);
    }
  });
  if (all) {
    all.addEventListener("change", () => {
      ticks().forEach((box) => (box.checked = all.checked));
      count();
    });
  }
  if (form) {
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-confirm]");
      if (!button || button.form !== form) return;
      if (!window.confirm(button.dataset.confirm)) return event.preventDefault();
      const sure = form.querySelector("[data-sure]");
      Object.assign(sure, { disabled: false, value: "1" });
    });
    form.addEventListener("change", count);
    form.querySelector("[data-untick]").addEventListener("click", () => {
      ticks().forEach((box) => (box.checked = false));
      const scope = form.querySelector("[data-scope]");
      if (scope) scope.checked = false;
      count();
    });
  }
  prepare();
  count();
})();
