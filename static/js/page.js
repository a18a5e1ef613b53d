// Small manners of every page.

// After a refused form the summary of errors takes the focus, so that it is read first.
export function focusFirstNotice() {
  const notice = document.querySelector("[data-focus]");
  if (notice) notice.focus();
}

// The menu is a <details>, which works without this; here it also closes by Escape and by a tap outside.
export function closeMenuOutside() {
  const menu = document.querySelector("details.th-menu");
  if (!menu) return;
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// A form that was sent must not be sent twice by an impatient finger.
export function sendFormsOnce() {
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "1";
    });
  }
  // Back again on the same page: it may be sent anew.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}

// Filters of the review: all questions, wrong ones, flagged ones.
export function enableReviewFilter() {
  const group = document.querySelector("[data-review-filter]");
  if (!group) return;
  const items = document.querySelectorAll("[data-review-kinds]");
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-kind]");
    if (!button) return;
    for (const other of group.querySelectorAll("button")) {
      const isChosen = other === button;
      other.setAttribute("aria-pressed", String(isChosen));
      other.classList.toggle("btn-secondary", isChosen);
      other.classList.toggle("btn-outline-secondary", !isChosen);
    }
    const kind = button.dataset.kind;
    for (const item of items) item.hidden = kind !== "all" && !item.dataset.reviewKinds.split(" ").includes(kind);
  });
}

export function enablePrinting() {
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
}
