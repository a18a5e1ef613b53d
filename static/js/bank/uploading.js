// A large file takes some seconds to be read: the page says so while it waits for the answer.
const form = document.querySelector("form[data-reading]");
const notice = document.querySelector("[data-reading-notice]");

if (form && notice) {
  form.addEventListener("submit", () => {
    notice.hidden = false;
    notice.querySelector("[role=status]").textContent = form.dataset.reading;
  });
  // Back again on the same page: nothing is being read.
  addEventListener("pageshow", () => {
    notice.hidden = true;
  });
}
