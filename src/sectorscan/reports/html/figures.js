// A sector's figures, made into a table when they are asked for.

function figureTable(figures, place, name) {
  const made = (tag, text, options) => Object.assign(document.createElement(tag), { textContent: text, ...options });
  const table = document.createElement("table");
  table.append(made("caption", `Figures of ${name}`, { className: "aside" }));
  const numeric = (n) => n !== 0 && n !== 3;
  const head = table.createTHead().insertRow();
  figures.headers.forEach((title, n) => {
    head.append(made("th", title, { scope: "col", className: numeric(n) ? "number" : "" }));
  });
  const body = table.createTBody();
  figures.sectors[place].forEach(([value, between, status, scaled = "", points = ""], i) => {
    const row = body.insertRow();
    row.append(made("th", figures.labels[i], { scope: "row" }));
    [value, between, figures.statuses[status], scaled, figures.weights[i] ?? "", points].forEach((text, n) => {
      row.append(made("td", text, { className: numeric(n + 1) ? "number" : "" }));
    });
  });
  return table;
}

function showFigures(figures) {
  document.querySelectorAll("details.figures").forEach((details, place) => {
    details.addEventListener("toggle", () => {
      const box = details.querySelector(".scroll");
      if (!details.open || box.firstChild) return;
      const name = details.parentElement.querySelector("h3").textContent;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", `Figures of ${name}`);
      box.append(figureTable(figures, place, name));
    });
  });
}
