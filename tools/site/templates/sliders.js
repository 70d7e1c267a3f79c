// What the pages share on which a reader weighs: sliders, buttons that set them all, and an address that keeps them.
"use strict";

// apply: shows what the values come to; address: where they are kept; given: values to start with, else those of the page.
function slide(form, sliders, { apply, address, given }) {
  const presets = document.getElementById("presets");
  function set(values) {
    sliders.forEach((slider, at) => {
      slider.value = values[at] ?? slider.value;
      document.getElementById(`o-${slider.name}`).textContent = slider.value;
    });
    apply(sliders.map((slider) => Number(slider.value)));
  }
  const keep = () => history.replaceState(null, "", address());
  form.addEventListener("input", () => { set([]); keep(); });
  presets.addEventListener("click", (event) => {
    if (!event.target.dataset.weights) return;
    set(event.target.dataset.weights.split(","));
    keep();
  });
  form.hidden = presets.hidden = false;
  set(given);
}
