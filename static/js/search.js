// The search box: typing offers what the words may mean (the ARIA combobox pattern). Enter without a choice, and any
// browser without this script, searches plainly. Backspace in the empty box takes the last condition away.
(function () {
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  let at = -1;
  let timer = null;
  let question = null;

  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  Object.entries(roles).forEach(([name, value]) => input.setAttribute(name, value));

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) mark(-1);
  }

  function mark(place) {
    at = place;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === place)));
    const item = list.children[place];
    if (!item) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  async function ask() {
    const text = input.value.trim();
    const mine = (question = Symbol("question"));
    if (!text) return open(false);
    const query = new URLSearchParams(form.dataset.query);
    query.set("typed", text);
    query.delete("q");
    const answer = await fetch(`${form.dataset.offers}?${query}`, { headers: { Accept: "text/html" } });
    if (!answer.ok || mine !== question || document.activeElement !== input) return;
    list.innerHTML = await answer.text();
    open(list.children.length > 0);
  }

  function choose(item) {
    if (item) window.location.assign(item.dataset.url);
  }

  function key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = list.children.length;
    if (step && list.hidden) ask();
    else if (step && count) mark((at + step + count + (at < 0 && step < 0 ? 1 : 0)) % count);
    else if (event.key === "Enter" && !list.hidden && at >= 0) choose(list.children[at]);
    else if (event.key === "Escape" && !list.hidden) open(false);
    else if (event.key === "Backspace" && !input.value) {
      const gone = [...document.querySelectorAll("[data-facet-gone]")].pop();
      if (!gone) return;
      window.location.assign(gone.href);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", key);
  input.addEventListener("blur", () => open(false));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => choose(event.target.closest("[data-url]")));
})();
