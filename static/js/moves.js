// What cards, calendar and tree have in common: a move is sent, said, and can be taken back.
(function () {
  const find = (selector, root = document) => root.querySelector(selector);

  function token() {
    const field = find("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  }

  function say(text) {
    const live = find("[data-live]");
    if (!live) return;
    live.textContent = "";
    requestAnimationFrame(() => { live.textContent = text; });
  }

  function fill(sentence, values) {
    return sentence.replace(/%\((\w+)\)s/g, (_all, name) => values[name] ?? "");
  }

  function toast(text, tone, act) {
    const place = find("[data-toasts]");
    const box = document.createElement("div");
    box.className = `toast-line ${tone}`;
    box.setAttribute("role", tone === "bad" ? "alert" : "status");
    const words = document.createElement("p");
    words.textContent = text;
    box.append(words);
    if (act) box.append(button(place.dataset.undo, () => { box.remove(); act(); }, "toast-act"));
    box.append(button("×", () => box.remove(), "toast-close", place.dataset.close));
    place.replaceChildren(box);
    if (!act && tone !== "bad") setTimeout(() => box.remove(), 6000);
    return box;
  }

  function button(text, act, kind, label) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = kind;
    made.textContent = text;
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  // Sends one move; answers whether it was done, what is said of it, and what would take it back.
  async function send(address, values) {
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": token() },
        body: new URLSearchParams(values),
      });
      const kind = answer.headers.get("Content-Type") || "";
      const found = kind.startsWith("application/json") ? await answer.json() : { told: find("[data-toasts]").dataset.lost };
      return { done: answer.ok && kind.startsWith("application/json"), status: answer.status, ...found };
    } catch {
      return { done: false, status: 0, told: find("[data-toasts]").dataset.lost };
    }
  }

  // Moves, says what came of it, and offers to take it back. `after(done)` puts the page right either way.
  async function move(address, values, after) {
    const answer = await send(address, values);
    await after(answer.done, answer.status);
    const undo = answer.done && answer.undo && Object.keys(answer.undo).length ? answer.undo : null;
    const back = () => move(address, undo, (done) => after(done, 0, true));
    toast(answer.told, answer.done ? "good" : "bad", undo && (() => back()));
    return answer.done;
  }

  // The page as it is now, to take parts from.
  async function fresh() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  // What has come into the page gets its script: htmx, and buttons that need one.
  function awaken(node) {
    node.querySelectorAll("[data-needs-script]").forEach((element) => { element.hidden = false; });
    if (window.htmx) window.htmx.process(node);
  }

  // A dialog with one button for each place; answers the chosen key, or undefined.
  function choose(title, places) {
    const dialog = find("[data-move-to]");
    const list = find("[data-choices]", dialog);
    return new Promise((resolve) => {
      let chosen;
      list.replaceChildren(...places.map(({ key, label, here }) => {
        const one = button(label, () => { chosen = key; dialog.close(); }, "menu-item");
        one.disabled = Boolean(here);
        return one;
      }));
      dialog.addEventListener("close", () => resolve(chosen), { once: true });
      if (title) find("h2", dialog).textContent = title;
      dialog.showModal();
    });
  }

  window.niagaMoves = { move, say, fill, toast, fresh, awaken, choose };
})();
