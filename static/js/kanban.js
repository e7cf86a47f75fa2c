// Cards: dragged by mouse and touch, moved by keyboard or from a menu; columns fold and remember it.
(function () {
  const { move, say, fill, fresh, awaken, choose } = window.niagaMoves;
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const address = board.dataset.moves;
  const columns = () => [...board.querySelectorAll("[data-column]")];
  const columnOf = (node) => node.closest("[data-column]");
  const cardsOf = (column) => column.querySelector("[data-cards]");
  let held = null;

  async function renew(which, whole) {
    const page = await fresh();
    which.forEach((column) => {
      const now = page.getElementById(column.id);
      if (!now || now.dataset.column !== column.dataset.column) return;
      column.querySelector(".board-head")?.replaceWith(now.querySelector(".board-head"));
      if (whole) {
        cardsOf(column).replaceChildren(...cardsOf(now).children);
        column.querySelector(".board-more")?.remove();
        const more = now.querySelector(".board-more");
        if (more) column.append(more);
      }
      awaken(column);
      fold(column, isFolded(column));
    });
  }

  async function carry(card, from, to, home) {
    const key = card.dataset.card;
    const values = { pk: key, by: board.dataset.by, was: from.dataset.column, to: to.dataset.column };
    await move(address, values, async (done, status, isBack) => {
      if (!done && !isBack) home();
      if (done && !isBack) await renew([from, to], false);
      else if (status !== 403) await renew([from, to], true);
    });
    board.querySelector(`[data-card="${key}"] [data-handle]`)?.focus({ preventScroll: true });
  }

  function homeOf(card) {
    const parent = card.parentElement;
    const next = card.nextElementSibling;
    return () => parent.insertBefore(card, next && next.parentElement === parent ? next : null);
  }

  // By keyboard: Space picks up, arrows choose a column, Space drops, Escape puts it back.
  function pickUp(card) {
    held = { card, from: columnOf(card), home: homeOf(card) };
    card.classList.add("held");
    say(fill(board.dataset.taken, { name: card.dataset.name, place: held.from.dataset.label }));
  }

  function put(column) {
    const moved = held;
    held = { ...moved, moving: true };
    fold(column, false);
    cardsOf(column).prepend(moved.card);
    moved.card.querySelector("[data-handle]").focus();
    moved.card.scrollIntoView({ block: "nearest", inline: "nearest" });
    held = { ...moved };
    say(fill(board.dataset.over, { name: moved.card.dataset.name, place: column.dataset.label }));
  }

  function letGo(isDropped) {
    const { card, from, home } = held;
    held = null;
    card.classList.remove("held");
    const to = columnOf(card);
    if (isDropped && to !== from) {
      carry(card, from, to, home);
      return;
    }
    home();
    card.querySelector("[data-handle]").focus();
    say(fill(board.dataset.left, { name: card.dataset.name, place: from.dataset.label }));
  }

  board.addEventListener("keydown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.ctrlKey || event.metaKey || event.altKey) return;
    const card = handle.closest("[data-card]");
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 0, ArrowUp: 0 }[event.key];
    if (event.key === " ") {
      if (held) letGo(true);
      else pickUp(card);
    } else if (held && event.key === "Enter") {
      letGo(true);
    } else if (held && event.key === "Escape") {
      letGo(false);
    } else if (held && step !== undefined) {
      const all = columns();
      const next = all[all.indexOf(columnOf(card)) + step];
      if (step && next) put(next);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });

  board.addEventListener("focusout", () => {
    if (held && !held.moving) setTimeout(() => { if (held && !held.card.contains(document.activeElement)) letGo(false); });
  });

  // From a menu: no pointer has to be dragged.
  board.addEventListener("click", async (event) => {
    const handle = event.target.closest("[data-handle]");
    if (!handle || !address) return;
    event.preventDefault();
    const card = handle.closest("[data-card]");
    const from = columnOf(card);
    const places = columns().map((one) => ({ key: one.id, label: one.dataset.label, here: one === from }));
    const chosen = await choose(handle.getAttribute("aria-label"), places);
    const to = chosen && document.getElementById(chosen);
    if (!to) {
      handle.focus();
      return;
    }
    const home = homeOf(card);
    cardsOf(to).prepend(card);
    carry(card, from, to, home);
  });

  // By mouse and touch.
  function makeDraggable(column) {
    const list = cardsOf(column);
    if (!address || !window.Sortable || list.dataset.ready) return;
    list.dataset.ready = "yes";
    let home = null;
    window.Sortable.create(list, {
      group: "board", draggable: ".board-card", sort: false, animation: 120, forceFallback: true, fallbackOnBody: true,
      fallbackTolerance: 4, delay: 180, delayOnTouchOnly: true, touchStartThreshold: 4, scroll: true, bubbleScroll: true,
      ghostClass: "ghost", chosenClass: "chosen", dragClass: "dragged",
      onStart: (event) => { home = homeOf(event.item); board.classList.add("dragging"); },
      onEnd: (event) => {
        board.classList.remove("dragging");
        if (event.from !== event.to) carry(event.item, columnOf(event.from), columnOf(event.to), home);
      },
    });
  }

  // Folding is remembered in this browser.
  const place = `niaga-folded:${board.dataset.key}`;
  const remembered = () => { try { return JSON.parse(localStorage.getItem(place)) || {}; } catch { return {}; } };
  const isFolded = (column) => remembered()[column.dataset.column] ?? column.hasAttribute("data-folded");

  function fold(column, folded) {
    column.classList.toggle("folded", folded);
    column.querySelector("[data-fold]")?.setAttribute("aria-expanded", String(!folded));
  }

  board.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fold]");
    if (!button) return;
    const column = columnOf(button);
    const folded = !column.classList.contains("folded");
    fold(column, folded);
    try { localStorage.setItem(place, JSON.stringify({ ...remembered(), [column.dataset.column]: folded })); } catch { /* private windows forget */ }
  });

  // The short form at the head of a column.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.target.matches?.(".board-quick")) event.target.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  board.addEventListener("board-changed", async (event) => {
    const form = event.target.closest("[data-quick]");
    const column = columnOf(event.target);
    form.reset();
    await renew([column], true);
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  board.addEventListener("click", (event) => {
    if (!event.target.closest("[data-quick-close]")) return;
    const column = columnOf(event.target);
    column.querySelector(".board-quick").replaceChildren();
    column.querySelector(".board-new")?.focus();
  });
  board.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.closest("[data-quick]")) event.target.closest("[data-quick]").querySelector("[data-quick-close]").click();
  });

  columns().forEach((column) => {
    makeDraggable(column);
    fold(column, isFolded(column));
  });
})();
