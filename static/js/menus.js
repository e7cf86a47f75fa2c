// Menus: closed by Escape and from outside, one open at a time, walked with the arrow keys. Also the theme button.
(function () {
  const menus = () => Array.from(document.querySelectorAll("details[data-menu]"));

  function closeAll(but) {
    menus().forEach((menu) => {
      if (menu !== but) menu.open = false;
    });
  }

  function stops(menu) {
    return Array.from(menu.querySelectorAll(".menu-panel a[href], .menu-panel button, .menu-panel input")).filter(
      (element) => !element.disabled && element.offsetParent !== null && element.type !== "hidden"
    );
  }

  function walk(event, menu) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    if (!menu.open) menu.open = true;
    const all = stops(menu);
    if (!all.length) return;
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length;
    all[next].focus();
    event.preventDefault();
  }

  document.addEventListener("click", (event) => closeAll(event.target.closest("details[data-menu]")));
  document.addEventListener("focusin", (event) => closeAll(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest("details[data-menu]");
    if (!menu) return;
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else {
      walk(event, menu);
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-theme-toggle]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => window.niagaTheme.toggle());
    });
    document.querySelectorAll("[data-needs-script]").forEach((element) => {
      element.hidden = false;
    });
    const here = document.querySelector(".module-row [aria-current]");
    if (here) here.parentElement.scrollLeft = here.offsetLeft - (here.parentElement.clientWidth - here.offsetWidth) / 2;
    const told = document.querySelector("[data-focus]");
    if (told) told.focus();
  });
})();
