// The page of one noun of the external API: what tries its methods out is fetched when somebody asks for it.
(function () {
  const button = document.getElementById("try");
  const place = document.getElementById("api");

  function fetched(tag, attributes) {
    return new Promise((done, failed) => {
      const element = Object.assign(document.createElement(tag), attributes);
      element.addEventListener("load", done);
      element.addEventListener("error", failed);
      document.head.append(element);
    });
  }

  async function open() {
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    try {
      await Promise.all([
        fetched("link", { rel: "stylesheet", href: button.dataset.style }),
        fetched("script", { src: button.dataset.script }),
      ]);
    } catch {
      button.disabled = false;
      return;
    } finally {
      button.removeAttribute("aria-busy");
    }
    document.getElementById("described").hidden = true;
    button.hidden = true;
    place.hidden = false;
    window.SwaggerUIBundle({
      url: button.dataset.document,
      dom_id: "#api",
      docExpansion: "list",
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
      filter: true,
      validatorUrl: null,
    });
    place.focus();
  }

  button.addEventListener("click", open);
})();
