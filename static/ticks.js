// Ticks every row of a page at once, and says how many are ticked. Without this each is ticked by itself.
export function ticks(form) {
  const boxes = [...form.querySelectorAll("[name=tick]")];
  const line = form.querySelector("[data-ticks-count]");
  const all = form.querySelector("[data-ticks-all] input");

  function count() {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
    // Of a page that has just come there is nothing to say.
    if (ticked || line.textContent) line.textContent = line.dataset.ticksCount.replace("{n}", ticked);
  }

  form.addEventListener("change", (event) => {
    if (event.target === all) boxes.forEach((box) => (box.checked = all.checked));
    count();
  });
  // Back from the next page the browser has ticked again what was ticked.
  window.addEventListener("pageshow", count);
  count();
}
