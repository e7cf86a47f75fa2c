// Looks again how far an import is, each second while it is under way, and puts what came of it into the page.
(function () {
  const EVERY = 1000;

  async function look() {
    const here = document.getElementById("import");
    if (!here || !("underWay" in here.dataset)) return;
    try {
      const answer = await fetch(here.dataset.url, { headers: { Accept: "text/html" } });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const there = page.getElementById("import");
        if (there) here.replaceWith(document.adoptNode(there));
      }
    } finally {
      setTimeout(look, EVERY);
    }
  }

  if (document.querySelector("#import[data-under-way]")) setTimeout(look, EVERY);
})();
