// The page that describes the external API: one noun at a time, chosen above.
(function () {
  const nouns = JSON.parse(document.getElementById("nouns").textContent);
  window.ui = window.SwaggerUIBundle({
    urls: nouns,
    dom_id: "#api",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    filter: true,
    validatorUrl: null,
    presets: [window.SwaggerUIBundle.presets.apis, window.SwaggerUIStandalonePreset],
    // Its own logo brings an inline style along, which the house's policy refuses.
    plugins: [() => ({ components: { Logo: () => null } })],
    layout: "StandaloneLayout",
  });
})();
