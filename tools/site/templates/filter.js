// Filters a table by words and columns. Without script the form stays hidden and the table is complete.
"use strict";

const form = document.getElementById("filter");
const table = document.getElementById("rows");
const count = document.getElementById("count");
const none = document.getElementById("none");
const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
const rows = [...table.tBodies[0].rows].map((row) => ({ row, text: plain(row.textContent) }));
const fields = [...form.querySelectorAll("select")].map((select) => select.name);

function matches({ row, text }, wanted) {
  const words = plain(wanted.get("q") ?? "").split(" ").filter(Boolean);
  const chosen = (field) => !wanted.get(field) || (row.dataset[field] ?? "").split("|").includes(wanted.get(field));
  return words.every((word) => text.includes(word)) && fields.every(chosen);
}

function apply() {
  const wanted = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  let shown = 0;
  for (const one of rows) {
    one.row.hidden = !matches(one, wanted);
    shown += one.row.hidden ? 0 : 1;
  }
  count.textContent = `${shown} of ${rows.length} ${form.dataset.noun}`;
  none.hidden = shown > 0;
  table.hidden = shown === 0;
  // The address keeps the filter, so that a reader can hand on what he sees.
  const query = wanted.size ? `?${wanted}` : location.pathname;
  history.replaceState(null, "", query + location.hash);
}

for (const [field, value] of new URLSearchParams(location.search)) {
  if (field === "q" || fields.includes(field)) form.elements[field].value = value;
}
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(apply));
form.hidden = false;
apply();
document.getElementById(location.hash.slice(1))?.scrollIntoView();
