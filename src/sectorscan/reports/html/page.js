// Weights, their link, and what follows them.

const FRAGMENT = "#weights&";
const LARGEST = 1e9;
const model = readModel(document.getElementById("model").textContent);
const byId = (id) => document.getElementById(id);

document.documentElement.classList.add("live");

/** The weights of a fragment: null where it has none, false where it can't be read. */
function weightsOf(fragment) {
  if (!fragment.startsWith("#weights")) return null;
  const given = new URLSearchParams(fragment.slice(FRAGMENT.length));
  const weights = model.groups.map((group) => {
    const all = given.getAll(group.id);
    return all.length === 1 ? weightOf(all[0]) : NaN;
  });
  const whole = fragment.startsWith(FRAGMENT)
    && [...given.keys()].length === weights.length
    && weights.every((weight) => weight >= 0 && weight <= LARGEST);
  return whole && rankAgain(model, weights) !== null ? weights : false;
}

function weightOf(text) {
  return /^\s*(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?\s*$/i.test(text) ? Number(text) : NaN;
}

function fragmentOf(weights) {
  const pairs = new URLSearchParams(model.groups.map((group, g) => [group.id, String(weights[g])]));
  return `${FRAGMENT}${pairs}`;
}

function quoted(text) {
  return /^[\w.=-]+$/.test(text) ? text : `"${text.replace(/(["\\$`])/g, "\\$1")}"`;
}

/** The next of 1, 2, 5, 10, 20 ...: how far a slider reaches. */
function roundedUp(number) {
  const power = 10 ** Math.floor(Math.log10(number));
  return power * [1, 2, 5, 10].find((step) => number <= step * power * (1 + 1e-12));
}

function startWeights(table, charts, original) {
  const first = model.groups.map((group) => group.weight);
  let weights = first.slice();
  const reach = roundedUp(2.5 * Math.max(...first));
  const sliders = model.groups.map((_, g) => byId(`slider-${g}`));
  const numbers = model.groups.map((_, g) => byId(`number-${g}`));
  const notes = document.querySelectorAll(".stale");
  let told = 0;

  function say(text, urgent) {
    const message = byId("message");
    message.hidden = !text;
    message.classList.toggle("wrong", Boolean(urgent));
    setText(message, text);
  }

  const differs = () => weights.some((weight, g) => weight !== first[g]);

  function place(skipped) {
    model.groups.forEach((_, g) => {
      if (sliders[g] !== skipped) sliders[g].value = String(weights[g]);
      if (numbers[g] !== skipped) numbers[g].value = String(weights[g]);
    });
  }

  function shareOut(result) {
    let start = 0;
    model.groups.forEach((group, g) => {
      const own = total(result.weights.slice(start, start + group.inside.length));
      start += group.inside.length;
      const text = `${oneDecimal(100 * own)} %`;
      setText(byId(`share-${g}`), text);
      sliders[g].setAttribute("aria-valuetext", `${weights[g]}, ${text} of the weight`);
    });
  }

  /** Ranks again and shows it; `skipped` is the field that is being typed in. */
  function apply(next, skipped) {
    performance.mark("moved");
    const result = rankAgain(model, next);
    weights = next;
    place(skipped);
    byId("reset").disabled = !differs();
    if (result === null) {
      say("At least one weight must be above 0; the ranking stays as it was.", true);
      return;
    }
    const changed = differs();
    shareOut(result);
    table.show(result, changed);
    for (const note of notes) note.hidden = !changed;
    document.documentElement.classList.toggle("changed", changed);
    byId("link").href = changed ? fragmentOf(weights) : "#what-if";
    commandLine(changed);
    charts.follow(changed ? result : null);
    performance.measure("ranked again", "moved");
    settle(result, changed);
  }

  /** What can wait until the slider rests: the address, what is read aloud, the sectors in full. */
  function settle(result, changed) {
    say("");
    clearTimeout(told);
    told = setTimeout(() => {
      const here = location.href.split("#")[0];
      history.replaceState(null, "", changed ? fragmentOf(weights) : here);
      if (changed) say(sentence(result));
      model.names.forEach((_, s) => {
        const now = document.querySelector(`#sector-${s} .now`);
        setText(now, changed ? `; at the weights set: ${standing(result, s)}` : "");
      });
    }, 400);
  }

  const standing = (result, s) => (result.ranks[s] > 0
    ? `rank ${result.ranks[s]}${result.tied[s] ? " (tied)" : ""}, ${oneDecimal(result.score[s])} points`
    : "not ranked");

  function sentence(result) {
    const names = result.order.filter((s) => result.ranks[s] <= model.top);
    const before = new Set(original.order.filter((s) => original.ranks[s] <= model.top));
    const joined = names.filter((s) => !before.has(s)).map((s) => model.names[s]);
    const left = [...before].filter((s) => !names.includes(s)).map((s) => model.names[s]);
    const dropped = original.order.filter((s) => !(result.ranks[s] > 0)).length;
    return [
      names.length ? `First at these weights: ${model.names[names[0]]}.` : "No sector can be ranked at these weights.",
      joined.length ? `New on the shortlist: ${joined.join("; ")}.` : "The same sectors are on the shortlist.",
      left.length ? `No longer on it: ${left.join("; ")}.` : "",
      dropped ? `Not ranked any more, as too little of the weight is known: ${dropped}.` : "",
    ].filter(Boolean).join(" ");
  }

  function commandLine(changed) {
    const options = model.groups.flatMap((group, g) => (
      weights[g] === first[g] ? [] : [`--weight ${quoted(`${group.id}=${weights[g]}`)}`]));
    byId("command").hidden = !changed;
    setText(byId("command").querySelector("code"), `sectorscan rank ... ${options.join(" ")}`);
  }

  model.groups.forEach((_, g) => {
    sliders[g].max = String(reach);
    sliders[g].step = String(reach / 100);
    const moved = (field) => () => {
      const weight = weightOf(field.value);
      if (!(weight >= 0 && weight <= LARGEST)) {
        say("A weight is a number from 0 up; the ranking stays as it was.", true);
        return;
      }
      const next = weights.slice();
      next[g] = weight;
      apply(next, field);
    };
    sliders[g].addEventListener("input", moved(sliders[g]));
    numbers[g].addEventListener("input", moved(numbers[g]));
    numbers[g].addEventListener("change", () => place());
  });
  byId("weights").addEventListener("submit", (event) => event.preventDefault());
  byId("reset").addEventListener("click", () => {
    apply(first.slice());
    byId("slider-0").focus();
  });
  byId("copy").addEventListener("click", async () => {
    const link = byId("link").href;
    try {
      await navigator.clipboard.writeText(link);
      say("The link is copied. It opens this very file: send the file along, or put it where all can reach it.");
    } catch {
      say(`The browser doesn't let a page copy. The link: ${link}`);
    }
  });

  function restore() {
    const found = weightsOf(location.hash);
    if (found === null) return;
    if (found) apply(found);
    else say("The weights in the address can't be read, so the original ones hold.", true);
  }

  place();
  shareOut(original);
  addEventListener("hashchange", restore);
  restore();
}

function openSectors() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#sector-"]');
    const profile = link && byId(link.hash.slice(1));
    if (!profile) return;
    // The address keeps the weights.
    event.preventDefault();
    profile.open = true;
    profile.querySelector("summary").focus({ preventScroll: true });
    profile.scrollIntoView();
  });
  const asked = /^#sector-\d+$/.test(location.hash) && byId(location.hash.slice(1));
  if (asked) asked.open = true;
}

const charts = makeCharts(model);
if (byId("ranks")) {
  const original = rankAgain(model, model.groups.map((group) => group.weight));
  startWeights(makeTable(model, original), charts, original);
}
openSectors();
showFigures(model.figures);
charts.drawAll().then(() => document.documentElement.classList.add("drawn"));
