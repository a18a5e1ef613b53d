// An ordered list whose items move by buttons: [data-move="up"] and [data-move="down"] inside the items of .th-sort.
// Each item carries its own form fields, so that the order of the fields is the order of the list. The new place is
// told to screen readers in the element named by data-say, whose text has {n} for the place.

export function enableSorting() {
  for (const list of document.querySelectorAll(".th-sort")) {
    list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-move]");
      if (!button) return;
      const item = button.closest("li");
      const isUp = button.dataset.move === "up";
      const other = isUp ? item.previousElementSibling : item.nextElementSibling;
      if (!other) return;
      event.preventDefault();
      if (isUp) other.before(item);
      else other.after(item);
      button.focus();
      tell(list, item);
    });
  }
}

function tell(list, item) {
  const line = list.dataset.say && document.getElementById(list.dataset.say);
  if (!line) return;
  if (!line.dataset.text) line.dataset.text = line.textContent;
  line.textContent = line.dataset.text.replace("{n}", [...list.children].indexOf(item) + 1);
}
