// The form of a draft document: lines are added and taken away, and the server works out what it comes to.
(function () {
  const form = document.getElementById("document");
  const lines = form.querySelector("[data-lines]");
  const totals = form.querySelector("[data-totals]");
  const refusal = form.querySelector("[data-refusal]");
  const count = form.querySelector("[name=lines-TOTAL_FORMS]");
  const field = (row, name) => row.querySelector(`[name="${row.dataset.line}-${name}"]`);
  let timer;
  let asking = 0;

  function add(kind) {
    const html = form.querySelector("[data-empty-line]").innerHTML.replaceAll("__prefix__", count.value);
    const holder = document.createElement("tbody");
    holder.innerHTML = html;
    const row = holder.firstElementChild;
    lines.append(row);
    count.value = String(Number(count.value) + 1);
    if (kind) asText(row, kind);
    window.niagaLookups(row);
    const first = row.querySelector("input.form-control, textarea");
    if (first) first.focus();
    return row;
  }

  function asText(row, kind) {
    field(row, "display_type").value = kind;
    row.querySelectorAll("td.end, td:has([data-taxes])").forEach((cell) => cell.replaceChildren());
    const product = field(row, "product");
    if (product) product.replaceWith(form.querySelector(`[data-badge="${kind}"]`).content.cloneNode(true));
    row.setAttribute("data-text", "");
  }

  function settle(row, told) {
    const settled = field(row, "is_settled");
    const subtotal = row.querySelector("[data-subtotal]");
    if (subtotal) subtotal.textContent = told.subtotal;
    if (!settled || row.hasAttribute("data-text")) return;
    if (!settled.value || settled.value === "False") {
      for (const name of ["label", "unit_price", "quantity"]) {
        const box = field(row, name);
        if (box && !box.value && document.activeElement !== box) box.value = told[name];
      }
      row.querySelectorAll("[data-taxes] input").forEach((box) => {
        box.checked = told.taxes.includes(box.value);
      });
      settled.value = "True";
    }
    name(row);
    grow(row);
  }

  function name(row) {
    const chosen = row.querySelector("[data-taxes-chosen]");
    if (!chosen) return;
    const boxes = [...row.querySelectorAll("[data-taxes] input:checked")];
    chosen.textContent = boxes.map((box) => box.parentElement.textContent.trim()).join(", ");
  }

  function grow(row) {
    row.querySelectorAll("textarea[data-grows]").forEach((box) => {
      const rows = box.value.split("\n").length + Math.floor(box.value.length / 46);
      box.rows = Math.min(6, Math.max(1, rows));
    });
  }

  function tell(sentences) {
    refusal.hidden = !sentences.length;
    refusal.querySelector("div").replaceChildren(
      ...sentences.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence }))
    );
  }

  async function ask() {
    const number = (asking += 1);
    totals.setAttribute("aria-busy", "true");
    const answer = await fetch(form.dataset.preview, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    totals.removeAttribute("aria-busy");
    if (number !== asking || !(answer.headers.get("Content-Type") || "").includes("json")) return;
    const told = await answer.json();
    tell(told.sentences);
    if (!told.lines) return;
    totals.innerHTML = told.totals;
    for (const [prefix, line] of Object.entries(told.lines)) {
      const row = lines.querySelector(`[data-line="${prefix}"]`);
      if (row) settle(row, line);
    }
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  }

  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-line]");
    if (row && event.target.name.endsWith("-product")) {
      for (const name of ["label", "unit_price"]) field(row, name).value = "";
      row.querySelectorAll("[data-taxes] input").forEach((box) => (box.checked = false));
      field(row, "is_settled").value = "";
      if (event.target.value && row === lines.lastElementChild) add().querySelector("input.form-control").blur();
    }
    if (row && event.target.name.endsWith("-DELETE")) row.classList.toggle("is-removed", event.target.checked);
    if (row) name(row);
    later();
  });
  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-line]");
    if (row) grow(row);
  });
  form.querySelector("[data-add-line]").addEventListener("click", (event) => {
    event.preventDefault();
    add();
  });
  form.querySelector("[data-add-note]").addEventListener("click", () => add("line_note"));
  form.querySelector("[data-add-section]").addEventListener("click", () => add("line_section"));

  lines.querySelectorAll("[data-line]").forEach((row) => {
    name(row);
    grow(row);
  });
  if (lines.querySelector("[name$=-id][value]:not([value=''])")) ask();
})();
