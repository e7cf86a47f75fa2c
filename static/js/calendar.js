// The calendar: events are dragged to other days and stretched by mouse and touch, and moved by keyboard.
(function () {
  const { move, say, fill, fresh, awaken } = window.niagaMoves;
  const place = () => document.querySelector("[data-calendar]");
  if (!place() || !place().dataset.moves) return;
  const address = place().dataset.moves;
  const hours = () => document.querySelector("[data-hours]");
  const days = () => [...place().querySelectorAll("[data-day]")];
  const dayOf = (node) => node.closest("[data-day]");
  let held = null;

  const at = (text) => Date.parse(`${text}T00:00:00Z`) / 86400000;
  const later = (text, number) => new Date((at(text) + number) * 86400000).toISOString().slice(0, 10);

  async function renew() {
    const page = await fresh();
    const now = page.querySelector("[data-calendar]");
    if (!now) return;
    const [top, left] = [hours()?.scrollTop, hours()?.scrollLeft];
    place().replaceWith(now);
    begin();
    window.niagaHours?.();
    hours()?.scrollTo(left, top);
  }

  // `by` days later; with `end` the last day of it, else all of it.
  async function carry(event, by, end) {
    const { event: pk, first, last, was, wasEnd } = event.dataset;
    const values = { pk, was, was_end: wasEnd };
    if (end) values.last = later(last, by);
    else values.to = later(first, by);
    if (!end && last !== first) values.last = later(last, by);
    await move(address, values, renew);
    const again = place().querySelector(`[data-event="${pk}"] [data-handle]`);
    if (again) again.focus({ preventScroll: true });
  }

  function over() {
    const day = days()[held.index + held.by];
    const old = place().querySelector(".over");
    if (old) old.classList.remove("over");
    if (!day) return;
    day.classList.add("over");
    day.scrollIntoView({ block: "nearest" });
    say(fill(place().dataset.over, { name: held.event.dataset.name, place: day.dataset.label }));
  }

  function letGo(isDropped) {
    const { event, by, end, day } = held;
    held = null;
    event.classList.remove("held");
    place().querySelector(".over")?.classList.remove("over");
    if (isDropped && by) carry(event, by, end);
    else say(fill(place().dataset.left, { name: event.dataset.name, place: day.dataset.label }));
  }

  function onKey(event) {
    const handle = event.target.closest("[data-handle]");
    if (!handle || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 }[event.key];
    if (event.key === " " && !held) {
      const one = handle.closest("[data-event]");
      const day = dayOf(one);
      held = { event: one, day, index: days().indexOf(day), by: 0, end: false };
      one.classList.add("held");
      say(fill(place().dataset.taken, { name: one.dataset.name, place: day.dataset.label }));
    } else if (held && (event.key === " " || event.key === "Enter")) {
      letGo(true);
    } else if (held && event.key === "Escape") {
      letGo(false);
    } else if (held && step) {
      const end = event.shiftKey && "stretches" in place().dataset;
      if (end !== held.end) Object.assign(held, { end, by: 0 });
      const next = held.index + held.by + step;
      const shortest = end ? at(held.event.dataset.first) - at(held.event.dataset.last) : -Infinity;
      if (days()[next] && held.by + step >= shortest) held.by += step;
      over();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  // The end of an event is pulled to another day.
  function onPull(event) {
    const grip = event.target.closest("[data-stretch]");
    if (!grip) return;
    event.preventDefault();
    event.stopPropagation();
    const one = grip.closest("[data-event]");
    const start = dayOf(one);
    const dayAt = (moved) => document.elementFromPoint(moved.clientX, moved.clientY)?.closest("td, .hours-day")?.querySelector("[data-day]");
    const pull = (moved) => {
      place().querySelector(".over")?.classList.remove("over");
      dayAt(moved)?.classList.add("over");
    };
    const drop = (moved) => {
      document.removeEventListener("pointermove", pull);
      document.removeEventListener("pointerup", drop);
      place().querySelector(".over")?.classList.remove("over");
      const day = dayAt(moved);
      if (day && day !== start) carry(one, at(day.dataset.day) - at(start.dataset.day), true);
    };
    document.addEventListener("pointermove", pull);
    document.addEventListener("pointerup", drop);
  }

  function makeDraggable(list) {
    window.Sortable.create(list, {
      group: "days", draggable: ".event", filter: "[data-stretch]", preventOnFilter: false, sort: false, animation: 100,
      forceFallback: true, fallbackOnBody: true, fallbackTolerance: 4, delay: 180, delayOnTouchOnly: true, ghostClass: "ghost",
      dragClass: "dragged",
      onEnd: (event) => {
        if (event.from === event.to) return;
        const by = at(event.to.dataset.day) - at(event.from.dataset.day);
        carry(event.item, by, false);
      },
    });
  }

  function begin() {
    awaken(place());
    place().addEventListener("keydown", onKey);
    place().addEventListener("pointerdown", onPull, true);
    place().addEventListener("focusout", () => {
      if (held) setTimeout(() => { if (held && !held.event.contains(document.activeElement)) letGo(false); });
    });
    if (window.Sortable) days().forEach(makeDraggable);
  }

  begin();
})();
