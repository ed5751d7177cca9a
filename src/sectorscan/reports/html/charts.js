// The charts: drawn from their definitions for the width and the colors that the reader has.

const QUIET_MS = 120; // after the last move of a slider the chart is drawn again

function makeCharts(model) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const charts = model.charts.each.map((chart, place) => ({
    ...chart,
    box: document.querySelectorAll(".drawing")[place],
    followed: null,
    drawn: "",
    turn: Promise.resolve(),
  }));

  /** A definition in the colors of the dark; the rows, which are the user's words, stay. */
  function recolored(node) {
    if (typeof node === "string") return model.charts.dark[node] ?? node;
    if (Array.isArray(node)) return node.map(recolored);
    if (node === null || typeof node !== "object") return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, one]) => [key, key === "values" ? one : recolored(one)]),
    );
  }

  /** Shows what lies under the pointer; every value is set as text. */
  function tooltip(_, event, __, value) {
    const tip = document.getElementById("tip");
    tip.hidden = !value;
    if (!value) return;
    const lines = typeof value === "object" ? Object.entries(value) : [["", value]];
    tip.replaceChildren(...lines.map(([name, text]) => {
      const line = document.createElement("div");
      line.textContent = name ? `${name}: ${text}` : String(text);
      return line;
    }));
    const left = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8);
    const below = event.clientY + 16 + tip.offsetHeight < innerHeight;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${below ? event.clientY + 16 : event.clientY - tip.offsetHeight - 12}px`;
  }

  /** The widest look that the box has room for, else the narrowest. */
  const fitting = (chart) => Math.max(0, model.charts.widths.findLastIndex(
    (width) => width <= chart.box.clientWidth,
  ));

  function draw(chart) {
    const look = fitting(chart);
    const wanted = `${look} ${dark.matches}`;
    if (chart.drawn === wanted) return chart.turn;
    chart.drawn = wanted;
    const { spec: first, notes } = chart.looks[look];
    const made = chart.followed ? chart.followed(first, model.charts.widths[look]) : first;
    const spec = { ...(dark.matches ? recolored(made) : made), background: "transparent" };
    const caption = chart.box.parentElement.querySelector("figcaption");
    caption.replaceChildren(...notes.map((note) => {
      const line = document.createElement("p");
      line.textContent = note;
      return line;
    }));
    // One after the other: an earlier drawing must not land on a later one.
    chart.turn = chart.turn.then(async () => {
      // The box says in words what the picture shows; its parts would only be noise.
      const holder = document.createElement("div");
      holder.setAttribute("aria-hidden", "true");
      const view = await vegaEmbed(holder, spec, {
        ast: true, actions: false, defaultStyle: false, renderer: "svg", tooltip,
      });
      chart.box.replaceChildren(holder);
      chart.view?.finalize();
      chart.view = view;
    });
    return chart.turn;
  }

  const drawAll = () => Promise.all(charts.map(draw));
  dark.addEventListener("change", drawAll);
  let waiting = 0;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(drawAll, QUIET_MS);
  });

  let quiet = 0;
  /** Draws the contributions again, once the weights have come to rest. */
  function follow(result) {
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      for (const chart of charts.filter((one) => one.follows)) {
        const lines = result && contributionLines(model, result);
        chart.followed = lines && ((spec, width) => contributionSpec(model, spec, lines, width));
        chart.drawn = "";
        draw(chart);
        contributionTable(model, chart.box.closest("figure"), lines);
      }
    }, QUIET_MS);
  }

  return { drawAll, follow };
}
