// The page of all runs: its charts, and the search for a sector.

const model = JSON.parse(document.getElementById("model").textContent);
document.documentElement.classList.add("live");

function startSearch(find) {
  const rows = [...document.querySelectorAll("#history tbody tr")].map((row) => (
    { row, text: row.querySelector("th").textContent.toLowerCase() }));
  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      count += !row.hidden;
    }
    document.getElementById("count").textContent = `${count} of ${rows.length} sectors`;
  };
  find.addEventListener("input", filter);
  find.form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}

const find = document.getElementById("find");
if (find) startSearch(find);
makeCharts(model).drawAll().then(() => document.documentElement.classList.add("drawn"));
