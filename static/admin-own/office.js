// Names the tabs of texts in two languages by their languages; the library names them by their columns.
document.addEventListener("DOMContentLoaded", () => {
  const languages = new Intl.DisplayNames([document.documentElement.lang || "en"], { type: "language" });
  const codes = { en: "en", ind: "id" };
  const rename = () => {
    for (const tab of document.querySelectorAll(".ui-tabs-nav a:not([data-named])")) {
      const code = codes[tab.textContent.trim()];
      if (code) {
        tab.textContent = languages.of(code);
        tab.dataset.named = "";
      }
    }
  };
  rename();
  new MutationObserver(rename).observe(document.body, { childList: true, subtree: true });
});
