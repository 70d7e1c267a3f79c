// Searches the texts of all pages, which stand in search-index.js; nothing is asked of any server.
"use strict";

const form = document.getElementById("search");
const input = document.getElementById("q");
const list = document.getElementById("hits");
const count = document.getElementById("count");
const plain = (text) => text.normalize("NFKC").toLowerCase();
const pages = globalThis.PAGES.map((page) => ({ ...page, plain: plain(`${page.title} ${page.text}`) }));
const MOST = 40;

function excerpt(page, word) {
  const at = Math.max(0, plain(page.text).indexOf(word) - 60);
  return `${at ? "… " : ""}${page.text.slice(at, at + 200)} …`;
}

function entry(page, word) {
  const item = document.createElement("li");
  const heading = document.createElement("h2");
  const link = document.createElement("a");
  const text = document.createElement("p");
  link.href = page.path;
  link.textContent = page.title;
  text.textContent = excerpt(page, word);
  heading.append(link);
  item.append(heading, text);
  return item;
}

function apply() {
  const words = plain(input.value).split(/\s+/).filter(Boolean);
  const inTitle = (page) => words.every((word) => plain(page.title).includes(word));
  const found = words.length ? pages.filter((page) => words.every((word) => page.plain.includes(word))) : [];
  found.sort((a, b) => inTitle(b) - inTitle(a));
  list.replaceChildren(...found.slice(0, MOST).map((page) => entry(page, words[0])));
  count.textContent = words.length ? `${found.length} of ${pages.length} pages` : "";
  history.replaceState(null, "", words.length ? `?q=${encodeURIComponent(input.value)}` : location.pathname);
}

input.value = new URLSearchParams(location.search).get("q") ?? "";
form.addEventListener("input", apply);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
apply();
