// The page of a record: asks before what was typed is lost, before a button that says so, and adds lines.
(function () {
  const form = document.querySelector("[data-record]");
  if (!form) return;
  let isSent = false;
  const filled = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "was")).toString();
  let before = "";
  document.addEventListener("DOMContentLoaded", () => (before = filled()));

  form.addEventListener("click", (event) => {
    const asks = event.target.closest("[data-confirm]");
    if (asks && !window.confirm(asks.dataset.confirm)) event.preventDefault();
  });
  form.addEventListener("submit", () => (isSent = true));
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && filled() !== before) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      const save = form.querySelector("[data-save]");
      if (save) save.click();
    }
  });

  form.querySelectorAll("[data-lines]").forEach((set) => {
    const add = set.querySelector("[data-add]");
    if (!add) return;
    const count = set.querySelector(`[name="${set.dataset.lines}-COUNT"]`);
    add.addEventListener("click", () => {
      const holder = document.createElement("tbody");
      holder.innerHTML = set.querySelector("[data-blank]").innerHTML.replaceAll("__n__", count.value);
      const row = holder.firstElementChild;
      set.querySelector("[data-lines-body]").append(row);
      count.value = String(Number(count.value) + 1);
      window.niagaFinders(row);
      const first = row.querySelector("input:not([type=hidden]), select, textarea");
      if (first) first.focus();
    });
  });
})();
