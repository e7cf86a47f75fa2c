// Keeps the page of jobs up to date while something is under way, somebody looks at it, and nobody has asked it not to.
(function () {
  const SECONDS_UNDER_WAY = 2;
  const SECONDS_AT_REST = 15;
  let waited = 0;

  function wanted() {
    const choice = document.getElementById("refreshes");
    return !document.hidden && (!choice || choice.checked);
  }

  setInterval(() => {
    const list = document.getElementById("list");
    if (!list || !wanted()) return;
    waited += 1;
    if (waited < ("underWay" in list.dataset ? SECONDS_UNDER_WAY : SECONDS_AT_REST)) return;
    waited = 0;
    list.dispatchEvent(new CustomEvent("refresh"));
  }, 1000);
})();
