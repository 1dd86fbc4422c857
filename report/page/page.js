// The filters hide findings and the marks that only they have. Without this
// script everything is shown.
"use strict";
const boxes = document.querySelectorAll(".filters input");
function apply() {
  const off = new Set();
  for (const box of boxes) if (!box.checked) off.add(box.name + ":" + box.value);
  const hidden = new Set();
  for (const li of document.querySelectorAll("ol.findings > li")) {
    const hide = off.has("action:" + li.dataset.action) || off.has("category:" + li.dataset.category);
    li.classList.toggle("off", hide);
    if (hide) hidden.add(li.id);
  }
  for (const mark of document.querySelectorAll("mark")) {
    mark.classList.toggle("off", mark.dataset.findings.split(" ").every((id) => hidden.has(id)));
  }
}
for (const box of boxes) box.addEventListener("change", apply);
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((d) => { d.open = true; }));
apply();
