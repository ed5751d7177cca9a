// The arithmetic of docs/method.md, as sectorscan.scoring has it, on IEEE doubles.
// A missing number is null in the model and NaN here.

const TIE = 1e-9; // scores within this of their group's first are tied
const ROUNDING = 1e-9; // a coverage that is 0.7 on paper may come out just under it
const CONSTANT_RANGE = 1e-12;
const FILL = { neutral: 50, worst: 0 };

const total = (numbers) => numbers.reduce((sum, one) => sum + one, 0);

function shares(weights) {
  const largest = Math.max(0, ...weights);
  if (largest === 0) return weights.map(() => 0);
  const scaled = weights.map((weight) => weight / largest);
  const sum = total(scaled);
  return scaled.map((weight) => weight / sum);
}

/** Effective weights, one a criterion; null where no weight is positive. */
function effectiveWeights(groups, groupWeights) {
  const inside = groups.map((group) => shares(group.inside));
  const outer = shares(
    groupWeights.map((weight, g) => (inside[g].some((share) => share > 0) ? weight : 0)),
  );
  if (!outer.some((share) => share > 0)) return null;
  return outer.flatMap((share, g) => inside[g].map((within) => share * within));
}

/** The known share of weight of each sector, over the criteria that anyone has. */
function coverages(criteria, weights, size) {
  const used = weights.map((weight, c) => (criteria[c].playing ? weight : 0));
  const whole = total(used);
  return Array.from({ length: size }, (_, s) => {
    if (!(whole > 0)) return 0;
    return total(used.map((weight, c) => (Number.isNaN(criteria[c].known[s]) ? 0 : weight))) / whole;
  });
}

function minmax(x, reference) {
  const low = Math.min(...reference);
  const span = Math.max(...reference) - low;
  return x.map((one) => (100 * (one - low)) / span);
}

function zscore(x, reference) {
  const mean = total(reference) / reference.length;
  const squares = reference.map((one) => (one - mean) ** 2);
  const variance = total(squares) / (reference.length - 1);
  if (variance === 0) return x.map(() => 50);
  const sd = Math.sqrt(variance);
  return x.map((one) => 100 * normalShare((one - mean) / sd));
}

/** How many of a sorted list lie strictly below, or at or below, a number. */
function count(sorted, x, included) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < x || (included && sorted[middle] === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function percentile(x, reference) {
  const sorted = Float64Array.from(reference).sort();
  return x.map((one) => {
    const below = count(sorted, one, false);
    return (100 * (below + (count(sorted, one, true) - below) / 2)) / sorted.length;
  });
}

function rankShare(x, reference) {
  const sorted = Float64Array.from(reference).sort();
  return x.map((one) => (100 * count(sorted, one, false)) / Math.max(sorted.length - 1, 1));
}

const SCALES = { minmax, zscore, percentile, rank: rankShare };

/** 0-100 values under a scale that the passing candidates set; the others are clipped to it. */
function scaleColumn(x, passing, method) {
  const reference = x.filter((one, s) => passing[s] && !Number.isNaN(one));
  const low = Math.min(...reference);
  const high = Math.max(...reference);
  const constant =
    reference.length < 2 ||
    high - low <= CONSTANT_RANGE * Math.max(Math.abs(low), Math.abs(high));
  const scored = constant ? x.map(() => 50) : SCALES[method](x, reference);
  return scored.map((one, s) => (Number.isNaN(x[s]) ? NaN : Math.min(100, Math.max(0, one))));
}

// The standard normal distribution function, after Moshier's Cephes, which SciPy uses.
const ERF = [
  [9.60497373987051638749e0, 9.00260197203842689217e1, 2.23200534594684319226e3,
    7.00332514112805075473e3, 5.55923013010394962768e4],
  [1, 3.35617141647503099647e1, 5.21357949780152679795e2, 4.59432382970980127987e3,
    2.26290000613890934246e4, 4.92673942608635921086e4],
];
const ERFC_NEAR = [
  [2.46196981473530512524e-10, 5.64189564831068821977e-1, 7.46321056442269912687,
    4.86371970985681366614e1, 1.96520832956077098242e2, 5.26445194995477358631e2,
    9.34528527171957607540e2, 1.02755188689515710272e3, 5.57535335369399327526e2],
  [1, 1.32281951154744992508e1, 8.67072140885989742329e1, 3.54937778887819891062e2,
    9.75708501743205489753e2, 1.82390916687909736289e3, 2.24633760818710981792e3,
    1.65666309194161350182e3, 5.57535340817727675546e2],
];
const ERFC_FAR = [
  [5.64189583547755073984e-1, 1.27536670759978104416, 5.01905042251180477414,
    6.16021097993053585195, 7.40974269950448939160, 2.97886665372100240670],
  [1, 2.26052863220117276590, 9.39603524938001434673, 1.20489539808096656605e1,
    1.70814450747565897222e1, 9.60896809063285876198, 3.36907645100081516050],
];

const polynomial = (x, coefficients) => coefficients.reduce((sum, one) => sum * x + one);
const quotient = (x, [over, under]) => polynomial(x, over) / polynomial(x, under);

function normalShare(z) {
  const x = z * Math.SQRT1_2;
  const size = Math.abs(x);
  if (size < 1) return 0.5 + 0.5 * x * quotient(x * x, ERF);
  const tail = 0.5 * Math.exp(-size * size) * quotient(size, size < 8 ? ERFC_NEAR : ERFC_FAR);
  return x > 0 ? 1 - tail : tail;
}

/** One sector's score and contributions; NaN where there is none. */
function aggregate(row, weights, playing, model) {
  const known = row.map((value) => !Number.isNaN(value));
  const fill = FILL[model.missing];
  let used = weights;
  if (fill === undefined) {
    const kept = weights.map((weight, c) => (known[c] ? weight : 0));
    const sum = total(kept);
    used = kept.map((weight) => (sum > 0 ? weight / sum : NaN));
  }
  if (model.missing === "exclude" && row.some((_, c) => playing[c] && weights[c] > 0 && !known[c])) {
    used = used.map(() => NaN);
  }
  const filled = row.map((value, c) => (known[c] ? value : (fill ?? 0)));
  const combined = model.aggregation === "geometric" ? geometric : arithmetic;
  const { score, parts } = combined(filled, used);
  return { score, contribution: parts.map((part, c) => (known[c] ? part : NaN)) };
}

function arithmetic(values, weights) {
  const parts = values.map((value, c) => weights[c] * value);
  return { score: total(parts), parts };
}

function geometric(values, weights) {
  const logs = values.map((value, c) => weights[c] * Math.log1p(0.99 * value));
  const logScore = total(logs);
  const score = Math.exp(logScore);
  const share = logScore !== 0 ? logs.map((log) => log / logScore) : weights;
  return { score, parts: share.map((part) => part * score) };
}

/** Ranks "1224", highest first; 0 for NaN. */
function competitionRanks(scores) {
  const ranks = scores.map(() => 0);
  const order = scores.map((_, s) => s).filter((s) => !Number.isNaN(scores[s]));
  order.sort((a, b) => scores[b] - scores[a] || a - b);
  let first = 0;
  order.forEach((s, place) => {
    if (scores[order[first]] - scores[s] > TIE) first = place;
    ranks[s] = first + 1;
  });
  return ranks;
}

/** Everything again at other group weights; null where no weight is positive. */
function rankAgain(model, groupWeights) {
  const weights = effectiveWeights(model.groups, groupWeights);
  if (weights === null) return null;
  const { criteria } = model;
  const size = model.tiebreak.length;
  const coverage = coverages(criteria, weights, size);
  const passing = coverage.map((share) => share >= model.min_coverage - ROUNDING);
  const columns = criteria.map((criterion) =>
    criterion.method ? scaleColumn(criterion.known, passing, criterion.method) : criterion.known,
  );
  const playing = criteria.map((criterion) => criterion.playing);
  const scored = passing.map((_, s) =>
    aggregate(columns.map((column) => column[s]), weights, playing, model),
  );
  const score = scored.map((one) => one.score);
  const ranks = competitionRanks(score.map((one, s) => (passing[s] ? one : NaN)));
  const alike = new Map();
  ranks.forEach((rank) => alike.set(rank, (alike.get(rank) ?? 0) + 1));
  return {
    weights,
    coverage,
    score,
    ranks,
    tied: ranks.map((rank) => rank > 0 && alike.get(rank) > 1),
    contribution: scored.map((one) => one.contribution),
    order: ranks
      .map((_, s) => s)
      .filter((s) => ranks[s] > 0)
      .sort((a, b) => ranks[a] - ranks[b] || model.tiebreak[a] - model.tiebreak[b]),
  };
}

/** The model as the page holds it, with NaN for what is missing and the groups' first criteria. */
function readModel(text) {
  const model = JSON.parse(text);
  for (const criterion of model.criteria) {
    const numbers = criterion.scaled ?? criterion.oriented;
    criterion.known = numbers.map((one) => (one === null ? NaN : one));
  }
  return model;
}

/** Contributions added up by group: one list a sector; null where a sector has none at all. */
function byGroup(model, contribution) {
  let start = 0;
  return model.groups.map((group) => {
    const parts = contribution.slice(start, start + group.inside.length);
    start += group.inside.length;
    const known = parts.filter((part) => !Number.isNaN(part));
    return known.length ? total(known) : null;
  });
}
