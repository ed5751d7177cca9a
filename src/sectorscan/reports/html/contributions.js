/** What the contributions chart shows at moved weights: a line a sector, the first ones. */
function contributionLines(model, result) {
  const drawn = Math.max(model.charts.most, result.order.filter((s) => result.ranks[s] <= model.top).length);
  return result.order.slice(0, drawn).map((s) => {
    const points = byGroup(model, result.contribution[s]);
    const gap = result.score[s] - total(points.map((one) => one ?? 0));
    return {
      sector: model.names[s],
      label: model.labels[s],
      rank: result.ranks[s],
      tied: result.tied[s],
      score: result.score[s],
      points,
      filled: model.missing === "neutral" && gap > 1e-9 ? gap : 0,
    };
  });
}

/** The chart's own definition with other rows: same marks, same scales, same colors. */
function contributionSpec(model, first, lines, width) {
  const spec = structuredClone(first);
  const [bars, scores] = spec.layer;
  const seen = new Set();
  const texts = lines.map((line) => {
    let text = `${line.rank}${line.tied ? "=" : ""}. ${line.label}`;
    while (seen.has(text)) text += " ";
    seen.add(text);
    return text;
  });
  const { filled } = model.charts;
  const groups = model.groups.filter((group, g) => lines.some((line) => line.points[g] > 0));
  bars.data.values = lines.flatMap((line, n) => [
    ...model.groups.flatMap((group, g) => (line.points[g] > 0
      ? [{ line: texts[n], sector: line.sector, group: group.word, order: g, points: line.points[g] }]
      : [])),
    ...(line.filled
      ? [{ line: texts[n], sector: line.sector, group: filled.word, order: model.groups.length, points: line.filled }]
      : []),
  ]);
  scores.data.values = lines.map((line, n) => (
    { line: texts[n], score: line.score, text: oneDecimal(line.score) }));
  const before = spec.layer[0].encoding.color.scale;
  const palette = new Map(before.domain.map((word, n) => [word, before.range[n]]));
  const spare = model.charts.series.filter((color) => !before.range.includes(color));
  const words = [...groups.map((group) => group.word), ...(lines.some((line) => line.filled) ? [filled.word] : [])];
  before.domain = words;
  before.range = words.map((word) => palette.get(word)
    ?? (word === filled.word ? filled.color : spare.shift() ?? filled.color));
  const listed = lines.filter((line) => line.rank <= model.top).length;
  for (const layer of [bars, scores]) {
    const { y } = layer.encoding;
    y.scale = { ...y.scale, domain: texts };
    y.axis = { ...y.axis, labelLimit: Math.round(0.4 * width) };
  }
  spec.layer = spec.layer.filter((layer) => layer.mark.type !== "rule" || (listed && listed < lines.length));
  for (const layer of spec.layer) {
    if (layer.mark.type === "rule") layer.encoding.y.value = spec.height.step * listed;
  }
  return spec;
}

/** The table behind it; without lines, as it was first. */
function contributionTable(model, figure, lines) {
  const table = figure.querySelector("table");
  figure.first ??= [...table.tHead.rows, ...table.tBodies[0].rows];
  const [head, ...rows] = lines ? contributionRows(model, lines) : figure.first;
  table.tHead.replaceChildren(head);
  table.tBodies[0].replaceChildren(...rows);
}

function contributionRows(model, lines) {
  const filled = lines.some((line) => line.filled);
  const points = (one) => (one === null ? "–" : oneDecimal(one));
  const row = (name, texts) => {
    const made = document.createElement("tr");
    made.append(...texts.map((text, n) => {
      const cell = document.createElement(name);
      cell.textContent = text;
      if (name === "th") cell.scope = "col";
      cell.classList.toggle("number", n !== 1);
      return cell;
    }));
    return made;
  };
  return [
    row("th", [
      "Rank", "Sector", "Score, 0 to 100",
      ...model.groups.map((group) => `${group.label}, points`),
      ...(filled ? ["Filled in for missing figures, points"] : []),
    ]),
    ...lines.map((line) => row("td", [
      `${line.rank}${line.tied ? " tied" : ""}`, line.sector, oneDecimal(line.score),
      ...line.points.map(points),
      ...(filled ? [line.filled ? oneDecimal(line.filled) : "–"] : []),
    ])),
  ];
}
