// Menus: closed by Escape and from outside, one open at a time, walked with the arrow keys, never beyond the window's edge.
// Also the module's entries, of which those that do not fit stand below “More”, and the theme button.
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

  // A menu that would stick out opens towards the other side.
  function keepInside(menu) {
    const panel = menu.querySelector(".menu-panel");
    if (!panel || !menu.open) return;
    panel.classList.remove("to-end");
    if (panel.getBoundingClientRect().right > document.documentElement.clientWidth) panel.classList.add("to-end");
  }

  const entries = new Map();

  // What stands in a row as long as there is room, and below its “More” where there is none.
  function entriesOf(row) {
    if (!entries.has(row)) {
      const links = Array.from(row.querySelectorAll(":scope > a, :scope > button"));
      entries.set(row, links.map((link) => ({ link, look: link.className })));
    }
    return entries.get(row);
  }

  function fit(row) {
    const more = row.querySelector(":scope > details.menu");
    if (!more) return;
    const panel = more.querySelector(".menu-panel");
    const focused = document.activeElement;
    const all = entriesOf(row);
    all.forEach(({ link, look }) => {
      link.className = look;
      more.before(link);
    });
    if (more.matches(".module-more")) more.hidden = true;
    row.classList.remove("is-fitted");
    if (row.scrollWidth > row.clientWidth) {
      more.hidden = false;
      const links = all.map(({ link }) => link);
      below(panel, links, room(row, more, links));
    }
    row.classList.add("is-fitted");
    if (row.contains(focused) && focused.checkVisibility()) focused.focus({ preventScroll: true });
  }

  // The links for which there is none. The one we are at, or else what is to be done mainly, always has some.
  function room(row, more, links) {
    const gap = parseFloat(getComputedStyle(row).columnGap) || 0;
    const padding = parseFloat(getComputedStyle(row).paddingInlineEnd) || 0;
    const width = (element) => element.getBoundingClientRect().width + gap;
    const main = links.find((link) => link.matches("[aria-current], .btn-primary"));
    let left = row.getBoundingClientRect().right - padding - width(more) - (main ? width(main) : 0);
    left -= links[0].getBoundingClientRect().left;
    return links.filter((link) => {
      if (link === main) return false;
      left -= left < 0 ? 0 : width(link);
      return left < 0;
    });
  }

  function below(panel, links, without) {
    const first = panel.firstChild;
    links.filter((link) => without.includes(link)).forEach((link) => {
      link.className = "menu-item";
      panel.insertBefore(link, first);
    });
  }

  function fitAll() {
    document.querySelectorAll(".module-row, .record-head .page-actions").forEach(fit);
  }

  document.addEventListener("toggle", (event) => event.target.matches("details[data-menu]") && keepInside(event.target), true);
  // A dialog that a menu has opened gives the focus back to it, so that it stays open beneath.
  function leave(event) {
    if (!event.target.closest("dialog")) closeAll(event.target.closest("details[data-menu]"));
  }

  document.addEventListener("click", leave);
  document.addEventListener("focusin", leave);
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
    fitAll();
    let seen = window.innerWidth;
    window.addEventListener("resize", () => {
      if (window.innerWidth !== seen) fitAll();
      seen = window.innerWidth;
    });
    document.fonts.ready.then(fitAll);
    const told = document.querySelector("[data-focus]");
    if (told) told.focus();
  });
})();
