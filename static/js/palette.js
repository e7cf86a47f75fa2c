// The command palette: Ctrl-K opens it, letters find, arrows choose, Enter goes there.
(function () {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const box = document.getElementById("palette-text");
  const list = document.getElementById("palette-list");
  let timer;
  let asked = 0;

  const options = () => [...list.querySelectorAll("a[role=option]")];

  function choose(at) {
    const all = options();
    all.forEach((one, place) => {
      one.id = `palette-${place}`;
      one.setAttribute("aria-selected", String(place === at));
    });
    if (!all[at]) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", all[at].id);
    return all[at].scrollIntoView({ block: "nearest" });
  }

  async function ask() {
    asked += 1;
    const mine = asked;
    const answer = await fetch(`${list.dataset.url}?q=${encodeURIComponent(box.value)}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok || mine !== asked) return;
    list.innerHTML = await answer.text();
    choose(0);
  }

  function open() {
    if (document.querySelector("dialog[open]")) return;
    dialog.showModal();
    box.select();
    ask();
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-palette-open]");
    if (opener && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      open();
    }
    if (event.target === dialog) dialog.close();
  });
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  box.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length) choose((at + step + all.length) % all.length);
    else if (event.key === "Enter" && all[at]) all[at].click();
    else return;
    event.preventDefault();
  });
})();
