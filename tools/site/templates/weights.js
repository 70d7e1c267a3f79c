// Which city leads under weights that the reader chooses. The arithmetic is that of rankstats: a test compares the two.
"use strict";

// points: one row a field, one number a city; weights: one a field. Scores, the leader, and for each city the part of
// all weight that must change fields before it draws level with the leader, Infinity where no weights do it.
function standing(points, weights) {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const shares = weights.map((weight) => weight / sum);
  const scores = points[0].map((_, city) => points.reduce((total, row, field) => total + row[city] * shares[field], 0));
  const leader = scores.indexOf(Math.max(...scores));
  const moved = scores.map((_, city) => (city === leader ? 0 : toDrawLevel(points, shares, leader, city)));
  return { scores, leader, moved };
}

// The weight that favours the leader most goes first, to the field that favours the other most.
function toDrawLevel(points, shares, leader, other) {
  const lead = points.map((row) => row[leader] - row[other]);
  const best = Math.min(...lead);
  let ahead = lead.reduce((total, value, field) => total + value * shares[field], 0);
  let moved = 0;
  for (const field of lead.map((_, index) => index).sort((a, b) => lead[b] - lead[a])) {
    const gain = lead[field] - best;
    if (ahead <= 1e-12 || gain <= 0) break;
    const part = Math.min(shares[field], ahead / gain);
    moved += part;
    ahead -= part * gain;
  }
  return ahead > 1e-9 ? Infinity : moved;
}

function page() {
  const form = document.getElementById("weigh");
  const rows = [...document.querySelectorAll("#points tbody tr")];
  const cities = [...document.querySelectorAll("#points thead th")].slice(1).map((cell) => cell.textContent);
  const points = rows.map((row) => row.dataset.points.split(" ").map(Number));
  const sliders = rows.map((row) => form.elements[row.dataset.field]);
  const total = [...document.querySelectorAll("#total td")];
  const answer = document.getElementById("answer");

  function apply(weights) {
    if (!weights.some(Boolean)) {
      total.forEach((cell) => (cell.textContent = "–"));
      answer.textContent = "Give at least one field some weight.";
      return;
    }
    const { scores, leader, moved } = standing(points, weights);
    scores.forEach((score, city) => (total[city].textContent = score.toFixed(2)));
    const second = scores.map((_, city) => city).filter((city) => city !== leader).sort((a, b) => scores[b] - scores[a])[0];
    const near = Number.isFinite(moved[second])
      ? `for ${cities[second]} to draw level, ${Math.round(moved[second] * 100)}% of all weight would have to change fields`
      : `no weights bring ${cities[second]} level`;
    answer.textContent = `${cities[leader]} leads with ${scores[leader].toFixed(2)} points of 3; ${near}.`;
  }

  // The address keeps what the reader chose, so that it can be handed on.
  const address = () => `?w=${sliders.map((slider) => slider.value).join(",")}`;
  const given = (new URLSearchParams(location.search).get("w") ?? "").split(",").filter(Boolean);
  slide(form, sliders, { apply, address, given });
}

if (typeof document === "undefined") module.exports = { standing };
else page();
