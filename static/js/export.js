// The columns of a file: a box above each part that ticks all of it, and Enter in the name keeps the columns.
(function () {
  const form = document.querySelector("[data-export]");
  if (!form) return;
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.id !== "name") return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[name=do][value=keep]"));
  });
  for (const part of form.querySelectorAll("[data-part]")) {
    const legend = part.querySelector("legend");
    const boxes = [...part.querySelectorAll("[name=column]")];
    const all = document.createElement("input");
    all.type = "checkbox";
    all.className = "form-check-input";
    all.setAttribute("aria-label", legend.textContent);
    const tell = () => {
      const ticked = boxes.filter((box) => box.checked).length;
      all.checked = ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    };
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
    });
    part.addEventListener("change", (event) => event.target !== all && tell());
    tell();
    legend.prepend(all);
  }
})();
