// A large file takes some seconds to be read: the page says so while it waits, and sends the file once.
const form = document.querySelector("form[data-reading]");
const button = form?.querySelector("button[type=submit]");
// The words are put into an element that was there before: only then they are read out.
const words = form?.querySelector("[role=status]");
const bar = form?.querySelector("progress");
let sending = false;

function show(on) {
  sending = on;
  bar.hidden = !on;
  words.textContent = on ? form.dataset.reading : "";
  form.setAttribute("aria-busy", String(on));
  // Not disabled: the focus stays on it.
  if (on) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
}

if (form && button && words && bar) {
  form.addEventListener("submit", (event) => {
    if (sending) event.preventDefault();
    else show(true);
  });
  // Back again on the same page: nothing is being read.
  addEventListener("pageshow", () => show(false));
}
