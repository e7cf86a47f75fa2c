// Alt and a letter or number presses a button of the page (`data-hotkey`); `?` or the menu shows which.
(function () {
  const TYPED = "input, textarea, select, [contenteditable]";
  const all = () => [...document.querySelectorAll("[data-hotkey]")].filter((one) => !one.disabled && one.getClientRects().length);
  const sheet = document.querySelector("[data-keys]");

  all().forEach((one) => one.setAttribute("aria-keyshortcuts", `Alt+${one.dataset.hotkey.toUpperCase()}`));

  function row(keys, text) {
    const term = document.createElement("dt");
    const told = document.createElement("dd");
    const key = document.createElement("kbd");
    key.textContent = keys;
    term.append(key);
    told.textContent = text;
    return [term, told];
  }

  function show() {
    const dialog = document.createElement("dialog");
    const heading = document.createElement("h2");
    const list = document.createElement("dl");
    const close = document.createElement("button");
    dialog.className = "keys-sheet";
    heading.textContent = sheet.dataset.title;
    list.className = "facts";
    list.append(...all().flatMap((one) => row(`Alt ${one.dataset.hotkey.toUpperCase()}`, one.textContent.trim() || one.getAttribute("aria-label"))));
    const save = document.querySelector("[data-save]");
    if (save) list.append(...row("Ctrl S", save.textContent.trim()));
    list.append(...row("?", sheet.dataset.help));
    Object.assign(close, { type: "button", className: "btn btn-secondary", textContent: sheet.dataset.close });
    close.addEventListener("click", () => dialog.close());
    dialog.setAttribute("aria-label", sheet.dataset.title);
    dialog.append(heading, list, close);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  if (sheet) {
    sheet.hidden = false;
    sheet.addEventListener("click", show);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "?" && sheet && !event.target.closest(TYPED) && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      show();
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const wanted = all().find((one) => one.dataset.hotkey === event.key.toLowerCase() || event.code === `Digit${one.dataset.hotkey}`);
    if (!wanted) return;
    event.preventDefault();
    wanted.click();
    if (wanted.matches("summary")) wanted.focus();
  });
})();
