// What was done is told in a corner and goes by itself; while one looks at it, points at it or stands in it, it stays.
(function () {
  const SECONDS = 8;
  const WITH_UNDO = 20;
  const corner = document.querySelector("[data-toasts]");
  if (!corner) return;
  const all = [...corner.querySelectorAll("[data-toast]")];
  if (!all.length) return;

  function dismiss(toast) {
    const hadFocus = toast.contains(document.activeElement);
    toast.remove();
    if (hadFocus) document.getElementById("content").focus();
  }

  function wait(toast) {
    const seconds = toast.querySelector("[data-undo]") ? WITH_UNDO : SECONDS;
    let timer = setTimeout(() => dismiss(toast), seconds * 1000);
    const stop = () => clearTimeout(timer);
    const again = () => {
      stop();
      timer = setTimeout(() => dismiss(toast), seconds * 1000);
    };
    toast.addEventListener("mouseenter", stop);
    toast.addEventListener("focusin", stop);
    toast.addEventListener("mouseleave", again);
    toast.addEventListener("focusout", again);
    document.addEventListener("visibilitychange", () => (document.hidden ? stop() : again()));
  }

  const place = document.createElement("div");
  place.className = "toast-corner no-print";
  all.forEach((toast) => {
    const close = document.createElement("button");
    Object.assign(close, { type: "button", className: "quiet-button toast-close", textContent: "×" });
    close.setAttribute("aria-label", corner.dataset.close);
    close.addEventListener("click", () => dismiss(toast));
    toast.append(close);
    place.append(toast);
    wait(toast);
  });
  corner.append(place);
})();
