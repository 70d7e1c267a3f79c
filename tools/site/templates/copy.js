// A button that copies: code, and sentences to quote, in which an address is written out in full.
"use strict";
const SAID = document.currentScript.dataset;

function textOf(element) {
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll("strong, button")) part.remove();
  for (const link of copy.querySelectorAll("a")) link.textContent = new URL(link.getAttribute("href"), location.href).href;
  return (element.tagName === "PRE" ? element : copy).textContent.trim();
}

function button(element) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "copy";
  made.textContent = SAID.copy;
  made.addEventListener("click", async () => {
    await navigator.clipboard.writeText(textOf(element)).then(
      () => { made.textContent = SAID.copied; },
      () => { made.textContent = SAID.not; });
    setTimeout(() => { made.textContent = SAID.copy; }, 2000);
  });
  return made;
}

if (navigator.clipboard) {
  for (const element of document.querySelectorAll("pre.code, .quote, blockquote")) element.after(button(element));
}
