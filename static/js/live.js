// Hears whether the record was changed elsewhere and whether anything has come; where nobody tells, asks now and then.
// Rests while nobody looks.
(function () {
  const LONGEST = 300;
  const SILENCE = 40;
  const AGAIN = 30;
  const WINDOWS = 3;
  const PASSING = 1500;
  const root = document.querySelector("[data-live-url]");
  if (!root) return;
  const page = () => document.querySelector("#conversation[data-live]");
  let tag = "";
  let failures = 0;
  let timer;
  let every = Number(root.dataset.liveEvery);
  let told = "";
  let said = null;
  let stream = null;
  let silence;
  let again = 0;
  let free = null;

  function count(name, told_of) {
    const holder = document.querySelector(`[data-counter="${name}"]`);
    if (!holder) return;
    const number = holder.querySelector(".counter-number") || document.createElement("span");
    number.className = "counter-number";
    number.setAttribute("aria-hidden", "true");
    number.textContent = told_of.count;
    if (told_of.count) holder.querySelector(".counter").append(number);
    else number.remove();
    holder.querySelector("[data-counter-label]").textContent = told_of.label;
  }

  function refresh() {
    const list = document.getElementById("happenings");
    return list ? window.htmx.ajax("GET", list.dataset.history, { target: list, swap: "innerHTML" }) : null;
  }

  async function look(event) {
    event.preventDefault();
    await refresh();
    const list = document.getElementById("happenings");
    list.scrollIntoView({ block: "start" });
    const first = list.firstElementChild;
    first.tabIndex = -1;
    first.classList.add("is-new-now");
    first.focus({ preventScroll: true });
  }

  function button(text, act) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "btn btn-secondary btn-small", textContent: text });
    made.addEventListener("click", act);
    return made;
  }

  function announce(news) {
    const text = document.createElement("p");
    text.textContent = news.sentence;
    root.replaceChildren(text, button(root.dataset.show, look), button(root.dataset.reload, () => window.location.reload()));
    root.hidden = false;
  }

  function hear(news) {
    const at = page();
    if (!news || !at) return;
    const known = told || at.dataset.stamp;
    if (known && news.stamp !== known && news.stamp !== at.dataset.stamp) announce(news);
    told = news.stamp;
    if (said !== null && news.said > said) refresh();
    said = news.said;
  }

  function hearAll(news) {
    every = news.every;
    Object.entries(news.counts).forEach(([name, one]) => count(name, one));
    hear(news.record);
  }

  const address = () => (page() ? page().dataset.live : root.dataset.liveUrl);

  async function ask() {
    const headers = tag ? { "If-None-Match": tag } : {};
    try {
      const answer = await fetch(address(), { headers, cache: "no-store", redirect: "error" });
      failures = 0;
      if (answer.status === 200) {
        tag = answer.headers.get("ETag");
        hearAll(await answer.json());
      } else if (answer.status !== 304) failures += 1;
    } catch {
      failures += 1;
    }
    plan();
  }

  // A few seconds more or less, so that a whole office does not ask at once; ever longer while nothing answers.
  function plan() {
    clearTimeout(timer);
    if (document.hidden) return;
    if (!stream && Date.now() >= again) listen();
    if (stream && stream.readyState === EventSource.OPEN) return;
    const wait = Math.min(every * 2 ** failures, LONGEST);
    timer = setTimeout(ask, wait * (900 + Math.random() * 200));
  }

  // A browser has six connections to one house for all its windows: three may be kept for listening.
  async function place() {
    if (!navigator.locks) return () => {};
    for (let number = 1; number <= WINDOWS; number += 1) {
      const leave = await new Promise((found) => {
        navigator.locks.request(`niaga-live-${number}`, { ifAvailable: true }, (lock) => (lock ? new Promise((end) => found(end)) : found(null)));
      });
      if (leave) return leave;
    }
    return null;
  }

  async function listen() {
    again = Date.now() + AGAIN * 1000;
    if (!window.EventSource || free) return;
    free = () => {};
    free = await place();
    if (!free) return;
    if (document.hidden) return stop();
    stream = new EventSource(`${address()}stream/`);
    stream.addEventListener("open", () => {
      failures = 0;
      clearTimeout(timer);
      wait();
    });
    stream.addEventListener("beat", wait);
    stream.addEventListener("message", (event) => {
      wait();
      hearAll(JSON.parse(event.data));
    });
    stream.addEventListener("error", () => {
      if (stream && stream.readyState === EventSource.CLOSED) stop();
      plan();
    });
    wait();
  }

  // A connection that went without a word would look open for ever.
  function wait() {
    clearTimeout(silence);
    silence = setTimeout(() => {
      stop();
      plan();
    }, SILENCE * 1000);
  }

  function stop() {
    clearTimeout(silence);
    if (stream) stream.close();
    stream = null;
    if (free) free();
    free = null;
  }

  function rest() {
    clearTimeout(timer);
    stop();
    again = 0;
  }

  function start() {
    again = 0;
    ask();
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : start()));
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", (event) => event.persisted && start());
  document.addEventListener("niaga-ask", ask);
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "conversation") {
      tag = "";
      said = null;
      rest();
      plan();
    }
  });
  // Who only passes through need not be told anything.
  again = Date.now() + PASSING;
  plan();
  setTimeout(plan, PASSING);
})();
