// The conversation: names after an @, followers by name, and what is typed is kept when a part of it is drawn anew.
(function () {
  const SHOWN = 8;
  let timer;

  const lists = () => document.getElementById("named-list");

  function before(box) {
    const found = /(^|[\s(])@([^\n@]{0,40})$/.exec(box.value.slice(0, box.selectionStart));
    return found ? { text: found[2], start: box.selectionStart - found[2].length - 1 } : null;
  }

  function close(box) {
    const list = lists();
    if (list) list.remove();
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function choose(box, at) {
    const list = lists();
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    list.dataset.at = at;
    box.setAttribute("aria-activedescendant", `named-${at}`);
  }

  function take(box, item) {
    if (!item || item.getAttribute("aria-disabled")) return;
    const place = before(box);
    const name = `@${item.dataset.name} `;
    box.setRangeText(name, place.start, box.selectionStart, "end");
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: "named", value: item.dataset.id });
    box.form.append(hidden);
    close(box);
    box.focus();
  }

  function drawn(box, row, at) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const soft = document.createElement("span");
    item.id = `named-${at}`;
    item.setAttribute("role", "option");
    name.textContent = row.name;
    soft.className = "soft";
    soft.textContent = row.may ? row.login : box.form.dataset.mayNot;
    if (!row.may) item.setAttribute("aria-disabled", "true");
    item.dataset.id = row.id;
    item.dataset.name = row.name;
    item.append(name, soft);
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take(box, item);
    });
    return item;
  }

  function show(box, rows) {
    close(box);
    if (!rows.length) return;
    const list = document.createElement("ul");
    list.id = "named-list";
    list.className = "named-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.labels[0].textContent);
    list.append(...rows.slice(0, SHOWN).map((row, at) => drawn(box, row, at)));
    box.parentElement.append(list);
    box.setAttribute("aria-expanded", "true");
    choose(box, 0);
  }

  async function ask(box) {
    const place = before(box);
    if (!place) return close(box);
    const answer = await fetch(`${box.form.dataset.people}?q=${encodeURIComponent(place.text)}`);
    const now = before(box);
    if (answer.ok && now && now.text === place.text) show(box, (await answer.json()).rows);
    return undefined;
  }

  document.addEventListener("focusin", (event) => {
    const box = event.target.closest("[data-say] textarea");
    if (!box || box.hasAttribute("aria-autocomplete")) return;
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-haspopup", "listbox");
    box.setAttribute("aria-expanded", "false");
    box.setAttribute("aria-controls", "named-list");
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches("[data-say] textarea")) close(event.target);
  });
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (!box.matches("[data-say] textarea")) return;
    clearTimeout(timer);
    timer = setTimeout(() => ask(box), 150);
  });
  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (!box.matches("[data-say] textarea")) return;
    const list = lists();
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      box.form.requestSubmit(box.form.querySelector('[value="note"]'));
    }
    if (!list) return;
    const at = Number(list.dataset.at);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(box, (at + step + list.children.length) % list.children.length);
    else if (event.key === "Enter" || event.key === "Tab") take(box, list.children[at]);
    else if (event.key === "Escape") close(box);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  document.addEventListener("input", async (event) => {
    const box = event.target;
    if (!box.matches("[data-follower]") || box.value.length < 2) return;
    const answer = await fetch(`${box.dataset.follower}?q=${encodeURIComponent(box.value)}`);
    if (!answer.ok) return;
    const options = (await answer.json()).rows.map((row) => {
      const option = document.createElement("option");
      option.value = row.text;
      return option;
    });
    box.list.replaceChildren(...options);
  });

  // Another part of the conversation is sent: what stands in the message box stays, with whom it names. Who has said
  // something goes on at the box.
  let typed = null;
  let hasSaid = false;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.target.id === "conversation" && event.detail.target.querySelector("[data-say]");
    const isOwn = event.detail.requestConfig && event.detail.requestConfig.elt === form;
    hasSaid = Boolean(form && isOwn);
    typed = form && !isOwn ? { body: form.elements.body.value, named: [...form.querySelectorAll('[name="named"]')] } : null;
    if (form && isOwn && event.detail.xhr.status >= 400) typed = { named: [...form.querySelectorAll('[name="named"]')] };
  });
  document.addEventListener("htmx:afterSwap", () => {
    const form = typed && document.querySelector("[data-say]");
    if (form) {
      if (typed.body) form.elements.body.value = typed.body;
      form.append(...typed.named);
    }
    if (hasSaid && document.activeElement === document.body) document.querySelector("[data-say] textarea")?.focus();
    typed = null;
    hasSaid = false;
  });
})();
