// What was typed and not saved: kept for this tab of the browser, offered back after a reload, and warned of on leaving.
(function () {
  const form = document.querySelector("[data-record]");
  const notice = form && form.querySelector("[data-unsaved]");
  if (!notice) return;
  const key = `niaga-typed:${form.dataset.key}`;
  const SENT = "niaga-sent";
  const OURS = ["csrfmiddlewaretoken", "_do"];
  const isRefused = form.dataset.status !== "200";
  let isSent = false;
  let before = null;
  let timer;

  const typed = () => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !OURS.includes(name));
  const compared = (pairs) => new URLSearchParams(pairs.filter(([name]) => name !== "was")).toString();
  const isDirty = () => before !== null && compared(typed()) !== before;

  function keep() {
    clearTimeout(timer);
    if (isDirty()) sessionStorage.setItem(key, JSON.stringify(typed()));
    else if (notice.hidden) sessionStorage.removeItem(key);
  }

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function bringBack(pairs) {
    const values = new Map();
    pairs.forEach(([name, value]) => values.set(name, [...(values.get(name) || []), value]));
    form.dispatchEvent(new CustomEvent("niaga-restore", { detail: values }));
    [...form.elements].forEach((one) => {
      if (!one.name || OURS.includes(one.name) || one.type === "file" || one.matches("button")) return;
      const wanted = values.get(one.name);
      if (one.type === "checkbox" || one.type === "radio") one.checked = Boolean(wanted && wanted.includes(one.value));
      else if (wanted) one.value = wanted.length > 1 ? wanted.shift() : wanted[0];
      one.dispatchEvent(new CustomEvent("niaga-restored", { bubbles: true }));
    });
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function begin() {
    before = isRefused ? "" : compared(typed());
    const sent = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    if (sent && !isRefused) sessionStorage.removeItem(sent);
    const found = kept();
    if (found && !isRefused) notice.hidden = compared(found) === before;
    if (notice.hidden && !isRefused) sessionStorage.removeItem(key);
  }

  notice.querySelector("[data-restore]").addEventListener("click", () => {
    const found = kept();
    notice.hidden = true;
    if (found) bringBack(found);
    const first = form.querySelector(".sheet input:not([type=hidden]), .sheet textarea");
    if (first) first.focus();
  });
  notice.querySelector("[data-discard]").addEventListener("click", () => {
    notice.hidden = true;
    sessionStorage.removeItem(key);
  });
  ["input", "change"].forEach((kind) =>
    form.addEventListener(kind, () => {
      clearTimeout(timer);
      timer = setTimeout(keep, 300);
    })
  );
  form.addEventListener("submit", () => {
    keep();
    isSent = true;
    sessionStorage.setItem(SENT, key);
  });
  window.addEventListener("beforeunload", (event) => {
    if (isSent || !isDirty()) return;
    keep();
    event.preventDefault();
  });
  // Grids and editors put controls of their own into the form: what it holds is looked at when they stand.
  let grids = form.querySelectorAll("[data-grid]").length;
  form.addEventListener("niaga-mounted", () => {
    grids -= 1;
    if (grids === 0) begin();
  });
  document.addEventListener("DOMContentLoaded", () => grids || begin());
})();
