// “Search more …”: a dialog with all records that a box may lead to, a page at a time. Answers the one chosen, or nothing.
(function () {
  let dialog;

  function words() {
    const told = document.getElementById("find-words");
    return told ? JSON.parse(told.textContent) : {};
  }

  function made(title) {
    const box = document.createElement("dialog");
    box.className = "choose";
    box.setAttribute("aria-label", title);
    const [head, search, close, rows] = ["h2", "input", "button", "div"].map((name) => document.createElement(name));
    head.textContent = title;
    Object.assign(search, { type: "search", className: "form-control", autocomplete: "off" });
    search.setAttribute("aria-label", words().search);
    search.placeholder = words().search;
    Object.assign(close, { type: "button", className: "btn btn-secondary", textContent: words().cancel });
    const top = Object.assign(document.createElement("div"), { className: "choose-head" });
    top.append(head, close);
    rows.className = "choose-body";
    rows.setAttribute("aria-live", "polite");
    box.append(top, search, rows);
    document.body.append(box);
    return { box, search, close, rows };
  }

  window.niagaChoose = function (address, others, text, title) {
    if (dialog) return Promise.resolve(null);
    const { box, search, close, rows } = (dialog = made(title));
    let question, timer, chosen = null;

    async function show(page) {
      const mine = (question = Symbol("question"));
      const asked = new URLSearchParams([["q", search.value.trim()], ["page", String(page)], ...others]);
      const answer = await fetch(`${address}?${asked}`, { headers: { Accept: "text/html" } });
      if (!answer.ok || mine !== question) return;
      const held = rows.contains(document.activeElement);
      rows.innerHTML = await answer.text();
      rows.querySelectorAll("td a").forEach((one) => one.replaceWith(...one.childNodes));
      if (held) (rows.querySelector("[data-pick]") || search).focus();
    }

    search.value = text;
    search.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => show(1), 200); });
    close.addEventListener("click", () => box.close());
    box.addEventListener("click", (event) => {
      const turn = event.target.closest("[data-page]");
      const row = event.target.closest("[data-pick], .choose-rows tbody tr");
      const pick = row && (row.matches("[data-pick]") ? row : row.querySelector("[data-pick]"));
      if (turn) show(Number(turn.dataset.page));
      else if (pick) { chosen = { id: pick.dataset.pick, text: pick.textContent.trim() }; box.close(); }
    });
    box.addEventListener("keydown", (event) => {
      event.stopPropagation();
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const turn = { PageDown: "last-of-type", PageUp: "first-of-type" }[event.key];
      if (event.key === "Enter" && event.target === search) event.preventDefault();
      if (turn) rows.querySelector(`.choose-foot button:${turn}`)?.click();
      else if (step) {
        const all = [search, ...rows.querySelectorAll("[data-pick]")];
        (all[all.indexOf(document.activeElement) + step] || search).focus();
      } else return;
      event.preventDefault();
    });
    box.showModal();
    search.focus();
    show(1);
    return new Promise((resolve) => {
      box.addEventListener("close", () => { dialog = undefined; box.remove(); resolve(chosen); }, { once: true });
    });
  };
})();
