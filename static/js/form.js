// The page of a record: asks before what was typed is lost, before a button that says so.
(function () {
  const form = document.querySelector("[data-record]");
  if (!form) return;
  let isSent = false;
  const filled = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "was")).toString();
  let before = "";
  document.addEventListener("DOMContentLoaded", () => (before = filled()));
  form.addEventListener("niaga-mounted", () => (before = filled()));

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
})();
