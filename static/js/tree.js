// The tree: branches open and close in place, walked with the arrow keys, hung elsewhere by pointer and keyboard.
(function () {
  const { move, say, fill, fresh, awaken } = window.niagaMoves;
  const tree = () => document.querySelector("[data-tree]");
  if (!tree()) return;
  const rows = () => [...tree().querySelectorAll("[data-branch]")];
  const seen = () => rows().filter((row) => !row.hidden);
  const levelOf = (row) => Number(row.getAttribute("aria-level"));
  const isOpen = (row) => row.getAttribute("aria-expanded") === "true";
  let held = null;

  function below(row) {
    const found = [];
    for (let next = row.nextElementSibling; next && levelOf(next) > levelOf(row); next = next.nextElementSibling) found.push(next);
    return found;
  }

  async function open(row) {
    if (!row.hasAttribute("aria-expanded") || isOpen(row)) return;
    row.setAttribute("aria-expanded", "true");
    const hidden = below(row);
    if (hidden.length) {
      show(row);
    } else {
      const address = tree().dataset.below.replace("/0/", `/${row.dataset.branch}/`);
      const answer = await fetch(`${address}?level=${levelOf(row) + 1}`);
      if (!answer.ok) {
        row.setAttribute("aria-expanded", "false");
        return;
      }
      const made = document.createElement("tbody");
      made.innerHTML = await answer.text();
      [...made.children].forEach((one) => { one.tabIndex = -1; });
      row.after(...made.children);
    }
    remember();
  }

  // Shows what is below a row, as far as it is open.
  function show(row) {
    let closed = Infinity;
    below(row).forEach((one) => {
      if (levelOf(one) <= closed) closed = Infinity;
      one.hidden = levelOf(one) > closed;
      if (!one.hidden && !isOpen(one)) closed = levelOf(one);
    });
  }

  function close(row) {
    row.setAttribute("aria-expanded", "false");
    below(row).forEach((one) => { one.hidden = true; });
    remember();
  }

  // The address says which branches are open, so that it can be sent to somebody, and come back to.
  function remember(also) {
    if ("search" in tree().dataset) return;
    const address = new URL(location.href);
    const found = new Set(rows().filter(isOpen).map((row) => row.dataset.branch));
    if (also) found.add(also);
    const opened = [...found].join(".");
    if (opened) address.searchParams.set("open", opened);
    else address.searchParams.delete("open");
    address.searchParams.set("v", "tree");
    history.replaceState(history.state, "", address);
  }

  function focus(row) {
    if (!row) return;
    rows().forEach((one) => { one.tabIndex = one === row ? 0 : -1; });
    row.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  async function renew(pk) {
    const page = await fresh();
    const now = page.querySelector("[data-tree]");
    if (!now) return;
    tree().replaceWith(now);
    begin();
    const row = tree().querySelector(`[data-branch="${pk}"]`);
    if (row) focus(row);
  }

  function hang(row, above) {
    const { branch, above: was } = row.dataset;
    if (above === branch || above === was) return;
    move(tree().dataset.moves, { pk: branch, to: above, was }, (done, _status, isBack) => {
      if (done) remember(isBack ? was : above);
      return renew(branch);
    });
  }

  function walk(row, key) {
    const all = seen();
    const at = all.indexOf(row);
    if (key === "ArrowDown") focus(all[at + 1]);
    if (key === "ArrowUp") focus(all[at - 1]);
    if (key === "Home") focus(all[0]);
    if (key === "End") focus(all[all.length - 1]);
    if (key === "ArrowRight") {
      if (row.hasAttribute("aria-expanded") && !isOpen(row)) open(row);
      else if (below(row).length) focus(all[at + 1]);
    }
    if (key === "ArrowLeft") {
      if (isOpen(row)) close(row);
      else focus(all.slice(0, at).reverse().find((one) => levelOf(one) < levelOf(row)));
    }
    if (key === "Enter") row.querySelector(".branch-name").click();
  }

  // Picked up: the arrows choose below what it goes; before the first row is the top.
  function aim(step) {
    const all = [null, ...seen()];
    const next = Math.min(Math.max(all.indexOf(held.over) + step, 0), all.length - 1);
    mark(all[next]);
    const place = held.over ? held.over.dataset.name : tree().dataset.top;
    say(fill(tree().dataset.over, { name: held.row.dataset.name, place }));
  }

  function mark(row) {
    tree().querySelector(".over")?.classList.remove("over");
    held.over = row;
    (row || tree().querySelector("[data-top-row]")).classList.add("over");
    (row || tree()).scrollIntoView({ block: "nearest" });
  }

  function letGo(isDropped) {
    const { row, over } = held;
    held = null;
    row.classList.remove("held");
    tree().querySelector(".over")?.classList.remove("over");
    if (isDropped && over !== row) hang(row, over ? over.dataset.branch : "");
    else say(fill(tree().dataset.left, { name: row.dataset.name }));
  }

  function onKey(event) {
    const row = event.target.closest("[data-branch]");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== row && !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (held) {
      if (event.key === " " || event.key === "Enter") letGo(true);
      else if (event.key === "Escape") letGo(false);
      else if (step) aim(step);
    } else if (event.key === " " && tree().dataset.moves) {
      held = { row, over: row };
      row.classList.add("held");
      mark(row);
      say(fill(tree().dataset.taken, { name: row.dataset.name }));
    } else if (["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight", "Home", "End", "Enter"].includes(event.key)) {
      walk(row, event.key);
    } else {
      return;
    }
    event.preventDefault();
  }

  function onClick(event) {
    const toggle = event.target.closest("[data-toggle]");
    if (!toggle || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const row = toggle.closest("[data-branch]");
    if (isOpen(row)) close(row);
    else open(row);
    focus(row);
  }

  // By mouse and touch: the handle is pulled onto the row that it goes below, or onto the head for the top.
  function onPull(event) {
    const handle = event.target.closest("[data-handle]");
    if (!handle || !tree().dataset.moves || event.button) return;
    const row = handle.closest("[data-branch]");
    const start = [event.clientX, event.clientY];
    let pulled = false;
    const rowAt = (moved) => document.elementFromPoint(moved.clientX, moved.clientY)?.closest("[data-branch], [data-top-row]");
    const pull = (moved) => {
      if (!pulled && Math.hypot(moved.clientX - start[0], moved.clientY - start[1]) < 5) return;
      pulled = true;
      held ||= { row, over: row };
      row.classList.add("held");
      const over = rowAt(moved);
      if (over) mark(over.matches("[data-branch]") ? over : null);
      moved.preventDefault();
    };
    const drop = (moved) => {
      document.removeEventListener("pointermove", pull);
      document.removeEventListener("pointerup", drop);
      document.removeEventListener("pointercancel", drop);
      if (!pulled) return;
      handle.addEventListener("click", (click) => click.preventDefault(), { once: true });
      letGo(moved.type === "pointerup" && Boolean(rowAt(moved)));
    };
    document.addEventListener("pointermove", pull);
    document.addEventListener("pointerup", drop);
    document.addEventListener("pointercancel", drop);
  }

  function begin() {
    awaken(tree());
    rows().forEach((row, number) => { row.tabIndex = number ? -1 : 0; });
    tree().addEventListener("keydown", onKey);
    tree().addEventListener("click", onClick);
    tree().addEventListener("pointerdown", onPull);
    tree().addEventListener("dragstart", (event) => event.preventDefault());
    tree().addEventListener("focusout", (event) => {
      if (held && !tree().contains(event.relatedTarget)) letGo(false);
    });
  }

  begin();
})();
