// Pictures of figures: drawn from the JSON they carry, in the colours of the theme; a click opens the rows behind.
(function () {
  const drawn = new Map();
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");

  // A token's colour as the browser resolves it for the theme in force.
  function colour(name) {
    const probe = document.createElement("span");
    probe.className = `colour-${name}`;
    document.body.append(probe);
    const found = window.getComputedStyle(probe).color;
    probe.remove();
    return found;
  }

  function palette() {
    return [1, 2, 3, 4, 5, 6, 7, 8].map(colour);
  }

  function short(value) {
    const language = document.documentElement.lang || "en";
    return new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 }).format(value);
  }

  function datasets(data, colours) {
    const isPie = data.kind === "pie";
    return data.series.map((one, place) => {
      const own = colours[place % colours.length];
      return {
        label: one.label,
        data: one.values,
        backgroundColor: isPie ? one.values.map((_value, at) => colours[at % colours.length]) : own,
        borderColor: isPie ? colour("surface") : own,
        borderWidth: data.kind === "bar" ? 0 : 2,
        borderRadius: data.kind === "bar" ? 3 : 0,
        maxBarThickness: 56,
        pointRadius: 3,
        pointHitRadius: 16,
        tension: 0.2,
      };
    });
  }

  function options(data) {
    const ink = colour("ink");
    const line = colour("line");
    const isStacked = data.kind === "bar" && data.stacked;
    const axes = {
      x: { stacked: isStacked, grid: { display: false }, ticks: { color: ink, maxRotation: 45, autoSkip: true } },
      y: { stacked: isStacked, beginAtZero: true, grid: { color: line }, border: { display: false }, ticks: { color: ink, callback: short } },
    };
    return {
      responsive: true,
      maintainAspectRatio: false,
      animation: still.matches ? false : { duration: 200 },
      interaction: { mode: "nearest", intersect: true },
      scales: data.kind === "pie" ? {} : axes,
      plugins: {
        legend: { display: data.kind === "pie" || data.series.length > 1, position: "bottom", labels: { color: ink, boxWidth: 12, boxHeight: 12 } },
        tooltip: { callbacks: { label: (item) => ` ${data.kind === "pie" ? item.label : item.dataset.label}: ${data.series[item.datasetIndex].texts[item.dataIndex]}` } },
      },
      onHover: (event, found) => {
        event.native.target.classList.toggle("clickable", found.length > 0);
      },
      onClick: (_event, found) => {
        if (found.length) window.location.assign(data.series[found[0].datasetIndex].urls[found[0].index]);
      },
    };
  }

  function draw(place) {
    const data = JSON.parse(place.dataset.graph);
    if (!data.points.length || !window.Chart) return;
    place.hidden = false;
    const before = drawn.get(place);
    if (before) before.destroy();
    const set = { labels: data.points, datasets: datasets(data, palette()) };
    drawn.set(place, new window.Chart(place.querySelector("canvas"), { type: data.kind, data: set, options: options(data) }));
  }

  function drawAll() {
    drawn.forEach((chart, place) => {
      if (place.isConnected) return;
      chart.destroy();
      drawn.delete(place);
    });
    document.querySelectorAll("[data-graph]").forEach(draw);
  }

  function begin() {
    if (!window.Chart) return;
    window.Chart.defaults.font.family = window.getComputedStyle(document.body).fontFamily;
    document.querySelectorAll(".graph-table").forEach((table) => {
      table.open = false;
    });
    drawAll();
  }

  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:afterSwap", begin);
  new MutationObserver(drawAll).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
})();
