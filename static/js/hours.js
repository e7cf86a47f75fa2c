// The hours of a calendar: events are moved and stretched by mouse, touch and keyboard, new ones drawn with the mouse.
(function () {
  const { move, say, fill, fresh, awaken } = window.niagaMoves;
  const place = () => document.querySelector("[data-calendar]");
  const hours = () => document.querySelector("[data-hours]");
  if (!hours()) return;
  const address = place().dataset.moves;
  const columns = () => [...hours().querySelectorAll("[data-hours-of]")];
  const QUARTERS = 96, MINUTES = 15, LONG_PRESS = 220, SLOP = 6;
  let held = null;

  // Moments by the clock on the wall, whatever the zone: 2026-11-12T09:30.
  const later = (text, quarters) => new Date(Date.parse(`${text}Z`) + quarters * MINUTES * 60000).toISOString().slice(0, 16);
  const clock = (text) => text.slice(11, 16);
  const columnOf = (block) => block.closest("[data-hours-of]");
  const number = (block, name) => Number(block.dataset[name]);

  // How far an event is from where it was: days and quarters of its beginning, or quarters of its end.
  function show() {
    const { block, days, quarters, end, home } = held;
    const start = number(block, "start"), length = number(block, "length");
    const top = end ? start : start + quarters;
    const rows = end ? length + quarters : length;
    const from = Math.max(0, Math.min(QUARTERS - 1, top));
    const size = Math.max(1, Math.min(QUARTERS - from, rows - (from - top)));
    block.className = block.className.replace(/\b(from|for|lane)-[\d-]+/g, "").trim() + ` from-${from} for-${size} lane-0-1`;
    const column = columns()[columns().indexOf(home) + days] || home;
    if (columnOf(block) !== column) column.querySelector(".blocks").append(block);
    const label = block.querySelector(".num");
    const begin = later(block.dataset.begin, end ? 0 : days * QUARTERS + quarters);
    const until = later(block.dataset.end || block.dataset.begin, end ? quarters : days * QUARTERS + quarters);
    held.told = until === begin ? clock(begin) : `${clock(begin)}–${clock(until)}`;
    label.textContent = held.told;
    return column;
  }

  function take(block, end) {
    held = { block, end, days: 0, quarters: 0, home: columnOf(block), was: block.className, label: block.querySelector(".num").textContent };
    block.classList.add("held");
    held.was = held.was.trim();
  }

  function putBack(one) {
    one.block.className = one.was;
    one.block.querySelector(".num").textContent = one.label;
    one.home.querySelector(".blocks").append(one.block);
    one.block.querySelector("[data-handle]").focus({ preventScroll: true });
  }

  async function letGo(isDropped) {
    const one = held;
    held = null;
    one.block.classList.remove("held");
    if (!isDropped || !(one.days || one.quarters)) {
      putBack(one);
      say(fill(place().dataset.left, { name: one.block.dataset.name, place: `${one.home.dataset.label} ${one.label}` }));
      return;
    }
    const { block: pk, begin, end, was, wasEnd } = one.block.dataset;
    const values = { pk, was, was_end: wasEnd };
    if (one.end) values.last = later(end || begin, one.quarters);
    else values.to = later(begin, one.days * QUARTERS + one.quarters);
    await move(address, values, renew);
    hours().querySelector(`[data-block="${pk}"] [data-handle]`)?.focus({ preventScroll: true });
  }

  async function renew() {
    const now = (await fresh()).querySelector("[data-hours]");
    if (!now) return;
    const [top, left] = [hours().scrollTop, hours().scrollLeft];
    hours().replaceWith(now);
    begin();
    hours().scrollTo(left, top);
  }

  // By keyboard: Space picks up, arrows choose the time and the day, with Shift the end.
  function onKey(event) {
    const handle = event.target.closest("[data-block] [data-handle]");
    if (!handle || event.ctrlKey || event.metaKey || event.altKey) return;
    const block = handle.closest("[data-block]");
    if (event.key === " " && !held) {
      take(block, false);
      held.byKeys = true;
      say(fill(hours().dataset.taken, { name: block.dataset.name, place: `${held.home.dataset.label} ${held.label}` }));
    } else if (held && (event.key === " " || event.key === "Enter")) {
      letGo(true);
    } else if (held && event.key === "Escape") {
      letGo(false);
    } else if (held && event.key.startsWith("Arrow")) {
      step(event.key, event.shiftKey);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function step(key, isShifted) {
    const end = isShifted && "stretches" in place().dataset;
    if (end !== held.end) Object.assign(held, { end, days: 0, quarters: 0 });
    const day = { ArrowLeft: -1, ArrowRight: 1 }[key] || 0;
    const quarter = { ArrowUp: -1, ArrowDown: 1 }[key] || 0;
    if (end ? !quarter : !columns()[columns().indexOf(held.home) + held.days + day]) return;
    const quarters = held.quarters + quarter;
    const [start, length] = [number(held.block, "start"), number(held.block, "length")];
    if (end ? length + quarters < 1 || start + length + quarters > QUARTERS : start + quarters < 0 || start + quarters >= QUARTERS) return;
    Object.assign(held, { days: held.days + day, quarters });
    held.moving = true;
    const column = show();
    const focused = held.block.querySelector("[data-handle]");
    focused.focus({ preventScroll: true });
    held.block.scrollIntoView({ block: "nearest", inline: "nearest" });
    held.moving = false;
    say(fill(place().dataset.over, { name: held.block.dataset.name, place: `${column.dataset.label} ${held.told}` }));
  }

  // By mouse at once, by touch after a long press, so that a thumb can still scroll.
  function onPointer(event) {
    const block = event.target.closest("[data-block]");
    if (!block || held || event.button > 0 || !address || event.target.closest(".event-move")) return;
    const end = Boolean(event.target.closest("[data-pull]"));
    const quarter = columns()[0].getBoundingClientRect().height / QUARTERS;
    const begun = { x: event.clientX, y: event.clientY, top: hours().scrollTop };
    const isTouch = event.pointerType !== "mouse";
    let timer = isTouch && !end ? setTimeout(() => { timer = 0; grab(); }, LONG_PRESS) : 0;
    const grab = () => { take(block, end); navigator.vibrate?.(10); };

    const go = (moved) => {
      const far = Math.hypot(moved.clientX - begun.x, moved.clientY - begun.y) > SLOP;
      if (!held && timer && far) stop();
      else if (!held && !timer && far) grab();
      if (!held) return;
      const by = Math.round((moved.clientY - begun.y + hours().scrollTop - begun.top) / quarter);
      const at = columns().findIndex((one) => { const box = one.getBoundingClientRect(); return moved.clientX >= box.left && moved.clientX < box.right; });
      const [start, length] = [number(block, "start"), number(block, "length")];
      held.quarters = end ? Math.max(1 - length, Math.min(QUARTERS - start - length, by)) : Math.max(-start, Math.min(QUARTERS - 1 - start, by));
      if (!end && at >= 0) held.days = at - columns().indexOf(held.home);
      show();
      edge(moved);
    };
    const drop = () => {
      stop();
      if (!held) return;
      document.addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => document.removeEventListener("click", swallow, { capture: true }));
      letGo(true);
    };
    const cancel = () => { stop(); if (held) letGo(false); };
    const hold = (touch) => { if (held) touch.preventDefault(); };
    const escape = (key) => { if (key.key === "Escape" && held) { key.preventDefault(); cancel(); } };
    const stop = () => {
      clearTimeout(timer);
      document.removeEventListener("pointermove", go);
      document.removeEventListener("pointerup", drop);
      document.removeEventListener("pointercancel", cancel);
      document.removeEventListener("touchmove", hold);
      document.removeEventListener("keydown", escape, true);
      block.removeEventListener("contextmenu", hold);
    };
    document.addEventListener("pointermove", go);
    document.addEventListener("pointerup", drop);
    document.addEventListener("pointercancel", cancel);
    document.addEventListener("touchmove", hold, { passive: false });
    document.addEventListener("keydown", escape, true);
    block.addEventListener("contextmenu", hold);
  }

  const swallow = (event) => { event.preventDefault(); event.stopPropagation(); };

  // Near the edge the hours scroll on.
  function edge(moved) {
    const box = hours().getBoundingClientRect();
    if (moved.clientY > box.bottom - 32) hours().scrollTop += 12;
    else if (moved.clientY < box.top + 72) hours().scrollTop -= 12;
    if (moved.clientX > box.right - 24) hours().scrollLeft += 12;
    else if (moved.clientX < box.left + 56) hours().scrollLeft -= 12;
  }

  // Something new is drawn over the hours it takes.
  function onDraw(event) {
    const slot = event.target.closest("a.slot");
    if (!slot || event.button > 0 || event.pointerType !== "mouse") return;
    const slots = [...slot.parentElement.querySelectorAll("a.slot")];
    let last = slot;
    const paint = () => slots.forEach((one) => one.classList.toggle("over", between(one)));
    const between = (one) => {
      const [a, b, at] = [slot, last, one].map((each) => slots.indexOf(each));
      return last !== slot && at >= Math.min(a, b) && at <= Math.max(a, b);
    };
    const go = (moved) => {
      const over = document.elementsFromPoint(moved.clientX, moved.clientY).find((one) => slots.includes(one));
      if (over) last = over;
      paint();
    };
    const drop = () => {
      document.removeEventListener("pointermove", go);
      document.removeEventListener("pointerup", drop);
      if (last === slot) return;
      const [first, until] = slots.indexOf(last) < slots.indexOf(slot) ? [last, slot] : [slot, last];
      const url = new URL(first.href);
      const names = [...url.searchParams.keys()].filter((name) => name.startsWith("default_"));
      const end = names[1];
      if (end) url.searchParams.set(end, new URL(until.href).searchParams.get(end));
      location.assign(url);
    };
    document.addEventListener("pointermove", go);
    document.addEventListener("pointerup", drop);
  }

  function begin() {
    const root = hours();
    awaken(root);
    root.addEventListener("pointerdown", onPointer);
    root.addEventListener("pointerdown", onDraw);
    root.addEventListener("dragstart", (event) => event.preventDefault());
    if (!address) return;
    root.addEventListener("keydown", onKey);
    root.addEventListener("focusout", (event) => {
      if (held && held.byKeys && !held.moving && held.block.contains(event.target)) setTimeout(() => { if (held && !held.moving && !held.block.contains(document.activeElement)) letGo(false); });
    });
  }

  begin();
  const opens = hours().querySelector(`.slot.from-${hours().dataset.opensAt}`) || hours().querySelector(".slot");
  const heads = hours().querySelector(".hours-head").offsetHeight + hours().querySelector(".hours-whole").offsetHeight;
  hours().scrollTop = opens.offsetTop + opens.parentElement.offsetTop - heads;
  hours().querySelector(".hours-day.today")?.scrollIntoView({ block: "nearest", inline: "center" });
  window.niagaHours = begin;
})();
