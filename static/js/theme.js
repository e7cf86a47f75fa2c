// Chooses light or dark before the first paint. Loaded in the head, so that the page never flashes.
(function () {
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  // What the user has chosen, on whichever machine, is told by the page; before one has come in, the browser knows.
  function chosen() {
    const root = document.documentElement;
    if (root.dataset.themeChosen || root.dataset.looks) return root.dataset.themeChosen || null;
    try {
      return window.localStorage.getItem("niaga-theme");
    } catch {
      return null;
    }
  }
  function apply() {
    const theme = chosen() || (system.matches ? "dark" : "light");
    document.documentElement.setAttribute("data-bs-theme", theme);
  }
  window.niagaTheme = {
    toggle() {
      const next = document.documentElement.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
      try {
        window.localStorage.setItem("niaga-theme", next);
      } catch {
        // A browser that keeps nothing still changes the page before it.
      }
      document.documentElement.setAttribute("data-bs-theme", next);
    },
  };
  document.documentElement.classList.add("has-script");
  system.addEventListener("change", apply);
  apply();
})();
