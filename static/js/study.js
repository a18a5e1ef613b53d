// Searching a document while typing: without diacritics, over the passages that stand in the page. Without this
// script the form asks the server.
import { fold } from "./folding.js";

const form = document.querySelector("form[data-study]");
if (form) enable(form);

function enable(form) {
  const input = form.querySelector("input[type=search]");
  const count = form.querySelector(".count");
  const passages = [...document.querySelectorAll(".th-doc-p")].map((node) => ({ node, text: textOf(node) }));
  const headings = [...document.querySelectorAll(".th-doc-h")];

  function search() {
    const words = fold(input.value).split(" ").filter(Boolean);
    let found = 0;
    for (const { node, text } of passages) {
      node.hidden = !words.every((word) => text.includes(word));
      if (!node.hidden) found += 1;
    }
    for (const heading of headings) heading.hidden = !leadsSomewhere(heading);
    const words_ = found ? form.dataset.found.replace("{n}", found) : form.dataset.none;
    count.textContent = words.length ? words_ : "";
  }

  input.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  if (input.value) search();
}

// A passage is found by the headings above it too.
function textOf(node) {
  const above = [];
  let depth = 7;
  for (let before = node.previousElementSibling; before && depth > 2; before = before.previousElementSibling) {
    const level = before.matches(".th-doc-h") ? Number(before.tagName[1]) : 7;
    if (level < depth) {
      depth = level;
      above.push(before.textContent);
    }
  }
  return fold([...above, node.querySelector("div").textContent].join(" "));
}

// Whether a passage is shown before the next heading of the same or a higher level.
function leadsSomewhere(heading) {
  const level = Number(heading.tagName[1]);
  for (let next = heading.nextElementSibling; next; next = next.nextElementSibling) {
    if (next.matches(".th-doc-h") && Number(next.tagName[1]) <= level) return false;
    if (next.matches(".th-doc-p") && !next.hidden) return true;
  }
  return false;
}
