// Puts the grids of lines in the place of their tables, and asks the server what the form comes to while it is typed.
(function () {
  const form = document.querySelector("[data-record]");
  if (!form || window.niagaLines) return;
  window.niagaLines = {};
  const filledIn = new Set();
  let isTouched = form.dataset.status !== "200";
  const isWindow = form.dataset.window !== undefined;
  let timer;
  let running;

  async function mount(root) {
    const table = new window.niagaTable.Table(root);
    const { templates } = await import(root.dataset.templates);
    const words = JSON.parse(document.getElementById(`${table.prefix}-words`).textContent);
    const count = root.querySelector(`[name="${table.prefix}-COUNT"]`);
    const panel = root.closest("section");
    const heading = panel && panel.querySelector("h2");
    const props = { table, words, count, label: heading ? heading.textContent.trim() : "" };
    const holder = document.createElement("div");
    const app = new window.owl.App(window.niagaGrid, { props, templates });
    root.append(holder);
    root.querySelector("table").remove();
    root.querySelectorAll("template").forEach((one) => one.remove());
    window.niagaLines[table.prefix] = await app.mount(holder);
    root.dispatchEvent(new CustomEvent("niaga-mounted", { bubbles: true }));
  }

  // Fields of the record's own that the server had filled in are left out, so that it may think of them anew.
  function typed() {
    const data = new FormData(form);
    filledIn.forEach((name) => [name, `${name}-pk`, `${name}-is`].forEach((one) => data.has(one) && data.set(one, "")));
    data.delete("_do");
    return data;
  }

  async function ask() {
    if (running) running.abort();
    const mine = (running = new AbortController());
    const grids = Object.entries(window.niagaLines);
    grids.forEach(([, grid]) => grid.asking());
    const foot = form.querySelector("[data-foot]");
    if (foot) foot.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.dataset.preview || previewAddress(), { method: "POST", body: typed(), headers: { Accept: "application/json" }, signal: mine.signal });
      if (mine !== running || !(answer.headers.get("Content-Type") || "").includes("json")) return;
      tell(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    } finally {
      if (mine === running && form.querySelector("[data-foot]")) form.querySelector("[data-foot]").removeAttribute("aria-busy");
    }
  }

  function previewAddress() {
    return window.location.pathname.replace(/new\/$/, "") + "preview/";
  }

  function tell(told) {
    Object.entries(window.niagaLines).forEach(([name, grid]) => grid.tell(told.lines && told.lines[name], told.errors || {}));
    // What a record still lacks is no news before anything is typed into it.
    say((isTouched && told.sentences) || []);
    if (!told.lines) return;
    const foot = form.querySelector("[data-foot]");
    if (foot && told.foot) foot.outerHTML = told.foot;
    Object.entries(told.fields).forEach(([name, html]) => {
      const value = form.querySelector(`[data-shown="${name}"]`);
      if (value) value.innerHTML = html;
    });
    Object.entries(told.filled).forEach(([name, held]) => fill(name, held));
    Object.entries(told.units).forEach(([name, unit]) => {
      const box = form.querySelector(`.with-unit [name="${name}"]`);
      if (box) box.nextElementSibling.textContent = unit;
    });
    Object.entries(told.away).forEach(([name, isAway]) => {
      const slot = form.querySelector(`[data-slot="${name}"]`);
      if (slot) slot.hidden = isAway;
    });
  }

  function fill(name, held) {
    const box = form.querySelector(`[name="${name}"]`);
    if (!box || box === document.activeElement || box.type === "checkbox" || Array.isArray(held)) return;
    if (box.type === "radio") return choose(name, held);
    if (box.value && !filledIn.has(name)) return;
    filledIn.add(name);
    box.value = held.pk ? held.text : held;
    for (const end of ["pk", "is"]) {
      const behind = form.querySelector(`[name="${name}-${end}"]`);
      if (behind) behind.value = held[end] || "";
    }
  }

  function choose(name, held) {
    if (!filledIn.has(name)) return;
    form.querySelectorAll(`[name="${name}"]`).forEach((one) => (one.checked = one.value === held));
  }

  function say(sentences) {
    let box = form.querySelector("[data-preview-says]");
    if (!box) {
      box = Object.assign(document.createElement("div"), { className: "notice care", hidden: true });
      box.dataset.previewSays = "";
      box.setAttribute("role", "status");
      box.append(document.createElement("div"));
      const sheet = form.querySelector(".sheet");
      sheet.before(box);
    }
    box.hidden = !sentences.length;
    box.firstElementChild.replaceChildren(...sentences.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
  }

  function later() {
    isTouched = true;
    clearTimeout(timer);
    timer = setTimeout(ask, 300);
  }

  form.addEventListener("change", (event) => {
    if (event.isTrusted || event.target.matches("[data-find]")) filledIn.delete(event.target.name);
    later();
  });
  form.addEventListener("niaga-lines", later);
  form.addEventListener("input", (event) => {
    if (isWindow) filledIn.delete(event.target.name);
    if (isWindow || event.target.closest("[data-row]")) later();
  });
  const grids = [...form.querySelectorAll("[data-grid]")];
  if (isWindow) {
    // All that a window shows at first is the server's own proposal; what was typed and refused is not.
    form.querySelectorAll("[data-away]").forEach((slot) => (slot.hidden = true));
    if (form.dataset.status === "200") [...form.elements].forEach((one) => one.name && one.type !== "hidden" && one.type !== "checkbox" && filledIn.add(one.name));
    else ask();
  }
  Promise.all(grids.map(mount)).then(() => grids.length && form.dataset.key.endsWith("/new") && ask());
})();
