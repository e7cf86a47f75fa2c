// Keys that work on every page: `?` shows them, G and a letter goes somewhere, / searches, M writes in the conversation.
(function () {
  const TYPED = "input, textarea, select, [contenteditable]";
  const PATIENCE = 1500;
  const sheet = document.getElementById("help-sheet");
  if (!sheet) return;
  let since = 0;

  function pair(one) {
    const term = document.createElement("dt");
    const key = document.createElement("kbd");
    const told = document.createElement("dd");
    key.textContent = `Alt ${one.dataset.hotkey.toUpperCase()}`;
    told.textContent = one.textContent.trim() || one.getAttribute("aria-label");
    term.append(key);
    return [term, told];
  }

  function show() {
    const own = sheet.querySelector("[data-help-page]");
    const keys = [...document.querySelectorAll("[data-hotkey]")].filter((one) => !one.disabled && one.getClientRects().length);
    own.hidden = !keys.length;
    own.querySelector("dl").replaceChildren(...keys.flatMap(pair));
    sheet.showModal();
  }

  function focus(selector) {
    const found = [...document.querySelectorAll(selector)].find((one) => one.getClientRects().length);
    if (found) found.focus();
    return Boolean(found);
  }

  function act(key) {
    if (key === "?") show();
    else if (key === "/") return focus("main [type=search], main [name=q]");
    else if (key === "m") return focus("[data-say] textarea");
    else if (key === "g") since = Date.now();
    else return false;
    return true;
  }

  function go(key) {
    const link = sheet.querySelector(`[data-go="${CSS.escape(key)}"]`);
    since = 0;
    if (link) window.location.assign(link.href);
    return Boolean(link);
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.target.closest(TYPED) || document.querySelector("dialog[open]")) return;
      const key = event.key.toLowerCase();
      const isSecond = Date.now() - since < PATIENCE;
      if (isSecond ? go(key) : act(key)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    true
  );
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-help-open]")) return;
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => (menu.open = false));
    show();
  });
})();
