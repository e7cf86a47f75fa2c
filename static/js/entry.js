// The form of a journal entry: lines are added and taken away, sums and the difference follow what is typed.
(function () {
  const form = document.getElementById("entry");
  const lines = form.querySelector("[data-lines]");
  const count = form.querySelector("[name=items-TOTAL_FORMS]");
  const language = document.documentElement.lang === "id" ? "id-ID" : "en-GB";
  const places = Number(form.dataset.places);
  const parts = new Intl.NumberFormat(language).formatToParts(1234567.8);
  const group = parts.find((part) => part.type === "group").value;
  const point = parts.find((part) => part.type === "decimal").value;

  function read(text) {
    const plain = text.trim().replaceAll(" ", "").replaceAll(group, "").replace(point, ".");
    return Number(plain) || 0;
  }

  function shown(value) {
    const least = Number.isInteger(value) ? 0 : places;
    return new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: places }).format(value);
  }

  function sum(name) {
    const boxes = lines.querySelectorAll(`[data-line]:not(.is-removed) [name$="-${name}"]`);
    return [...boxes].reduce((total, box) => total + read(box.value), 0);
  }

  function work() {
    const scale = 10 ** places;
    const found = { debit: sum("debit"), credit: sum("credit") };
    found.difference = Math.round((found.debit - found.credit) * scale) / scale;
    for (const [name, value] of Object.entries(found)) form.querySelector(`[data-sum="${name}"]`).textContent = shown(value);
    form.querySelector("[data-difference]").classList.toggle("negative", found.difference !== 0);
    return found.difference;
  }

  function add() {
    const holder = document.createElement("tbody");
    holder.innerHTML = form.querySelector("[data-empty-line]").innerHTML.replaceAll("__prefix__", count.value);
    const row = holder.firstElementChild;
    lines.append(row);
    count.value = String(Number(count.value) + 1);
    window.niagaLookups(row);
    return row;
  }

  // Whoever chooses an account on an empty line most often wants what is still missing.
  function balance(row) {
    const debit = row.querySelector('[name$="-debit"]');
    const credit = row.querySelector('[name$="-credit"]');
    if (debit.value || credit.value) return;
    const missing = work();
    if (missing) (missing > 0 ? credit : debit).value = shown(Math.abs(missing));
  }

  form.addEventListener("change", (event) => {
    const row = event.target.closest("[data-line]");
    if (!row) return;
    if (event.target.name.endsWith("-account") && event.target.value) {
      balance(row);
      if (row === lines.lastElementChild) add();
    }
    if (event.target.name.endsWith("-DELETE")) row.classList.toggle("is-removed", event.target.checked);
    work();
  });
  form.addEventListener("input", work);
  form.querySelector("[data-add-line]").addEventListener("click", (event) => {
    event.preventDefault();
    const first = add().querySelector("input.form-control");
    if (first) first.focus();
  });
})();
