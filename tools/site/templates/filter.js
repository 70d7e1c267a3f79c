// Filters a table by words and columns, and sorts it by city. Without script the form stays hidden and the table is
// complete.
"use strict";

const form = document.getElementById("filter");
const table = document.getElementById("rows");
const count = document.getElementById("count");
const none = document.getElementById("none");
const choices = document.getElementById("choices");
const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
const rows = [...table.tBodies[0].rows].map((row) => ({ row, text: plain(row.textContent), cities: ofCities(row) }));
const selects = [...form.querySelectorAll("select")];
const fields = selects.map((select) => select.name).filter((name) => name !== "sort");

// What a row says of each city: a number to sort by, and words.
function ofCities(row) {
  const parts = (row.dataset.cities ?? "").split("|").filter(Boolean).map((part) => part.split(":"));
  return Object.fromEntries(parts.map(([city, key, said]) => [city, { key: Number(key), said }]));
}

function matches({ row, text }, wanted) {
  const words = plain(wanted.get("q") ?? "").split(" ").filter(Boolean);
  const chosen = (field) => !wanted.get(field) || (row.dataset[field] ?? "").split("|").includes(wanted.get(field));
  return words.every((word) => text.includes(word)) && fields.every(chosen);
}

// Rows that say nothing of the city come last, in the order of the page.
function sort(city) {
  const key = ({ cities }) => cities[city]?.key ?? Infinity;
  const order = city ? [...rows].sort((a, b) => (key(a) === key(b) ? 0 : key(a) - key(b))) : rows;
  table.tBodies[0].append(...order.map(({ row }) => row));
  for (const { row, cities } of rows) {
    row.querySelector(".at").textContent = city && cities[city] ? `${city}: ${cities[city].said}` : "";
  }
}

function apply() {
  const wanted = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  let shown = 0;
  for (const one of rows) {
    one.row.hidden = !matches(one, wanted);
    shown += one.row.hidden ? 0 : 1;
  }
  if (form.elements.sort) sort(wanted.get("sort"));
  count.textContent = `${shown} of ${rows.length} ${form.dataset.noun}`;
  const chosen = selects.filter((select) => select.value).length;
  document.getElementById("chosen").textContent = chosen ? `(${chosen} chosen)` : "";
  none.hidden = shown > 0;
  table.hidden = shown === 0;
  // The address keeps the filter, so that a reader can hand on what he sees.
  const query = wanted.size ? `?${wanted}` : location.pathname;
  history.replaceState(null, "", query + location.hash);
}

for (const [field, value] of new URLSearchParams(location.search)) {
  if (form.elements[field]) form.elements[field].value = value;
}
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(apply));
form.hidden = false;
choices.open = matchMedia("(min-width: 60rem)").matches;
apply();
document.getElementById(location.hash.slice(1))?.scrollIntoView();
