// The ranking table: what its rows show, in which order, and which of them.

/** One decimal, half up on the shortest decimal text of the number, as the Python reports have it. */
function oneDecimal(value) {
  return (Math.round(Number(`${value}e1`)) / 10).toFixed(1);
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** The most rows that can stay where they are: a longest rising run of their earlier places. */
function stayers(earlier) {
  const ends = []; // ends[n]: where the run of n + 1 rows that ends lowest has its last row
  const before = earlier.map(() => -1);
  earlier.forEach((at, place) => {
    let length = ends.length;
    while (length && earlier[ends[length - 1]] > at) length -= 1;
    if (length) before[place] = ends[length - 1];
    ends[length] = place;
  });
  const found = new Set();
  for (let place = ends.at(-1) ?? -1; place >= 0; place = before[place]) found.add(place);
  return found;
}

function makeTable(model, original) {
  const table = document.getElementById("ranks");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...body.rows].map((row) => ({
    row,
    at: row.querySelector(".at"),
    tied: row.querySelector(".tied"),
    moved: row.querySelector(".moved"),
    score: row.querySelector("data"),
    bar: row.querySelector("rect"),
    text: row.querySelector("th").textContent.toLowerCase(),
    cells: [...row.cells],
    ranked: !row.hidden,
  }));
  let sorted = { key: "rank", descending: false };
  let current = original;
  let order = rows.map((_, s) => s);

  const column = (key) => heads.findIndex((head) => head.dataset.key === key);
  const textOf = (key) => (s) => rows[s].cells[column(key)].textContent;
  const byText = (text) => (a, b) => text(a).localeCompare(text(b), "en");

  /** What a column is sorted by: numbers with NaN for what isn't known, or text. */
  function values(key) {
    if (key === "rank") return (s) => current.ranks[s] || NaN;
    if (key === "score") return (s) => current.score[s];
    const own = model.keys[key];
    return own ? (s) => (own[s] === null ? NaN : own[s]) : textOf(key);
  }

  const tie = (a, b) => (current.ranks[a] || Infinity) - (current.ranks[b] || Infinity)
    || model.tiebreak[a] - model.tiebreak[b];

  function arranged() {
    const { key, descending } = sorted;
    const value = values(key);
    const numeric = rows.length > 0 && typeof value(0) === "number";
    const text = numeric ? null : byText(value);
    return rows.map((_, s) => s).sort((a, b) => {
      if (!numeric) return (descending ? -1 : 1) * text(a, b) || tie(a, b) || 0;
      const [x, y] = [value(a), value(b)];
      if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) - Number.isNaN(y) || tie(a, b) || 0;
      return (descending ? y - x : x - y) || tie(a, b) || 0;
    });
  }

  function arrange() {
    const wanted = arranged();
    if (wanted.every((s, place) => s === order[place])) return;
    const staying = stayers(wanted.map((s) => order.indexOf(s)));
    order = wanted;
    // From the last on, so that what a row goes before is in place already.
    let next = null;
    for (let place = order.length - 1; place >= 0; place -= 1) {
      const { row } = rows[order[place]];
      if (!staying.has(place)) body.insertBefore(row, next);
      next = row;
    }
  }

  function sortBy(head) {
    const { key } = head.dataset;
    const first = "descending" in head.dataset;
    sorted = { key, descending: sorted.key === key ? !sorted.descending : first };
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", sorted.descending ? "descending" : "ascending");
    arrange();
  }

  function show(result, changed) {
    current = result;
    rows.forEach((one, s) => {
      const rank = result.ranks[s];
      setText(one.at, rank > 0 ? String(rank) : "–");
      setText(one.tied, result.tied[s] ? " tied" : "");
      setText(one.moved, changed ? movement(original.ranks[s], rank) : "");
      const score = result.score[s];
      setText(one.score, Number.isNaN(score) ? "–" : oneDecimal(score));
      one.score.value = Number.isNaN(score) ? "" : String(score);
      one.bar.setAttribute("width", Number.isNaN(score) ? "0" : String(score));
      one.row.classList.toggle("chosen", rank > 0 && rank <= model.top);
      // A sector that was ranked at the original weights stays in sight, with a dash.
      one.ranked = rank > 0 || original.ranks[s] > 0;
    });
    arrange();
    filter();
  }

  function movement(before, now) {
    if (before === now) return "";
    if (!(before > 0)) return " new";
    if (!(now > 0)) return ` was ${before}, not ranked now`;
    return now < before ? ` ▲ up ${before - now}` : ` ▼ down ${now - before}`;
  }

  const find = document.getElementById("find");
  const tier = document.getElementById("tier");

  function filter() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const place = column("tier");
    let count = 0;
    let ranked = 0;
    for (const one of rows) {
      const kept = one.ranked
        && words.every((word) => one.text.includes(word))
        && (tier.value === "" || one.cells[place].textContent === tier.value);
      if (one.row.hidden === kept) one.row.hidden = !kept;
      count += kept;
      ranked += one.ranked;
    }
    setText(document.getElementById("count"), `${count} of ${ranked} sectors`);
  }

  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sortBy(head));
    head.append(button);
  }
  find.addEventListener("input", filter);
  tier.addEventListener("change", filter);
  document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
  filter();
  return { show };
}
