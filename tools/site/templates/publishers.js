// Who comes first if publishers are believed as the reader says. The arithmetic is that of rankstats.borda: a test
// compares the two.
"use strict";

// points, votes: one row a publisher, one number a city; trust: one number a publisher. The score of each city, the
// weighted mean of its points over the publishers that cover it, NaN where none does.
function scores(points, votes, trust) {
  const sum = (rows, city) => rows.reduce((total, row, publisher) => total + row[city] * trust[publisher], 0);
  return points[0].map((_, city) => sum(points, city) / sum(votes, city));
}

// Cities, the best first; equal ones stay as they are, and those that nobody covers come last.
function order(found) {
  const known = (city) => (Number.isNaN(found[city]) ? -1 : Number(found[city].toFixed(9)));
  return found.map((_, city) => city).sort((a, b) => known(b) - known(a));
}

// Publishers without whom other cities would be the first three, or in another order.
function pivotal(points, votes, trust) {
  const first = (weights) => order(scores(points, votes, weights)).slice(0, 3).join();
  const without = (publisher) => trust.map((weight, other) => (other === publisher ? 0 : weight));
  const alone = trust.filter(Boolean).length === 1;
  return trust.map((_, publisher) => publisher).filter((publisher) =>
    !alone && trust[publisher] && first(without(publisher)) !== first(trust));
}

function page() {
  const form = document.getElementById("trust");
  const sliders = [...form.querySelectorAll("input")];
  const most = sliders[0].max;
  const rows = [...document.querySelectorAll("#order tbody tr")];
  const names = rows.map((row) => row.dataset.city);
  const numbers = (name) => sliders.map((slider) => slider.dataset[name].split(" ").map(Number));
  const [points, votes] = [numbers("points"), numbers("votes")];
  const [answer, hangs] = ["answer", "hangs"].map((id) => document.getElementById(id));
  const labels = sliders.map((slider) => slider.labels[0].textContent);

  function apply(trust) {
    const nobody = !trust.some(Boolean);
    const found = scores(points, votes, trust);
    const places = order(found);
    places.forEach((city, place) => {
      const row = rows[city];
      row.querySelector(".place").textContent = Number.isNaN(found[city]) ? "–" : place + 1;
      row.querySelector(".score").textContent = Number.isNaN(found[city]) ? "–" : found[city].toFixed(3);
      row.hidden = place >= Number(form.dataset.shown);
      row.parentNode.append(row);
    });
    answer.textContent = nobody ? "Believe at least one publisher." : `First three: ${places.slice(0, 3).map((city) => names[city]).join(", ")}.`;
    const few = pivotal(points, votes, trust).map((publisher) => labels[publisher]);
    hangs.textContent = nobody ? "" : few.length
      ? `It hangs on a single publisher: other first three, or another order, without ${few.join(", or without ")}.`
      : trust.filter(Boolean).length === 1 ? "One publisher alone says this." : "No single publisher is needed for this order.";
  }

  // The address keeps what is not believed in full, by publisher, so that it still holds when others come in.
  function address() {
    const kept = new URLSearchParams(sliders.filter((slider) => slider.value !== most).map((slider) => [slider.name, slider.value]));
    return kept.size ? `?${kept}` : location.pathname;
  }

  const kept = new URLSearchParams(location.search);
  slide(form, sliders, { apply, address, given: sliders.map((slider) => kept.get(slider.name) ?? most) });
}

if (typeof document === "undefined") module.exports = { scores, order, pivotal };
else page();
