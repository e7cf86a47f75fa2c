// Asks now and then whether the record was changed elsewhere and whether anything has come; rests while nobody looks.
(function () {
  const LONGEST = 300;
  const root = document.querySelector("[data-live-url]");
  if (!root) return;
  const page = () => document.querySelector("#conversation[data-live]");
  let tag = "";
  let failures = 0;
  let timer;
  let every = Number(root.dataset.liveEvery);
  let told = "";
  let said = null;

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

  async function ask() {
    const at = page();
    const headers = tag ? { "If-None-Match": tag } : {};
    try {
      const answer = await fetch(at ? at.dataset.live : root.dataset.liveUrl, { headers, cache: "no-store", redirect: "error" });
      failures = 0;
      if (answer.status === 200) {
        tag = answer.headers.get("ETag");
        const news = await answer.json();
        every = news.every;
        Object.entries(news.counts).forEach(([name, one]) => count(name, one));
        hear(news.record);
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
    const wait = Math.min(every * 2 ** failures, LONGEST);
    timer = setTimeout(ask, wait * (900 + Math.random() * 200));
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : ask()));
  document.addEventListener("niaga-ask", ask);
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "conversation") {
      tag = "";
      said = null;
      plan();
    }
  });
  plan();
})();
