// The form that puts a condition together: opened in a dialog over the list, and drawn anew by the server when a field
// or a comparison is changed. Without this script it is a page of its own with a button for that.
(function () {
  let dialog = null;

  // What is typed while the server answers is neither lost nor left.
  function typedSince(holder, sent) {
    const boxes = [...holder.querySelectorAll("[name^=_v]")];
    return boxes.filter((box) => sent && box.value !== sent.get(box.name)).map((box) => [box.name, box.value]);
  }

  async function drawn(address, holder, focused, sent) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok && answer.status !== 422) return false;
    const text = await answer.text();
    const typed = typedSince(holder, sent);
    const here = holder.contains(document.activeElement) ? document.activeElement.name : "";
    holder.innerHTML = text;
    typed.forEach(([name, value]) => {
      const box = holder.querySelector(`input[name="${name}"]`);
      if (box) box.value = value;
    });
    if (holder === dialog) holder.querySelectorAll("[data-needs-dialog]").forEach((one) => (one.hidden = false));
    const wanted = [focused, here, "_f0"].filter(Boolean).map((name) => holder.querySelector(`[name="${CSS.escape(name)}"]`));
    const box = wanted.find(Boolean);
    if (box) box.focus();
    return true;
  }

  function again(form, button) {
    const query = new URLSearchParams(new FormData(form));
    if (button) query.set(button.name, button.value);
    query.set("part", "1");
    const isMore = button && button.name !== "_drop";
    return drawn(`${form.action}?${query}`, form.parentElement, isMore ? `_f${query.get("_n")}` : "", query);
  }

  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-builder]");
    if (form && event.target.matches("[data-again]")) again(form, null);
  });

  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-dialog-close]") && dialog) return dialog.close();
    const form = event.target.closest("[data-builder]");
    const button = event.target.closest("[data-again-button]");
    if (form && button) {
      event.preventDefault();
      return again(form, button);
    }
    const link = event.target.closest("[data-build]");
    if (!link || event.ctrlKey || event.metaKey || !window.HTMLDialogElement) return;
    event.preventDefault();
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "builder-dialog";
      dialog.setAttribute("aria-label", link.dataset.build || link.textContent.trim());
      document.body.append(dialog);
      dialog.addEventListener("close", () => link.focus());
    }
    if (await drawn(`${link.href}&part=1`, dialog, "")) {
      dialog.showModal();
      dialog.querySelector("[name=_f0]").focus();
    } else window.location.assign(link.href);
  });
})();
