// Sheets and dialogs without the browser's own <dialog>, which in-app browsers may lack: the focus goes in, stays in
// while it is open, and goes back to where it was.

const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]), [tabindex='0']";

export class Dialogs {
  constructor() {
    this.open = null;
    document.addEventListener("click", (event) => {
      const opener = event.target.closest("[data-open]");
      if (opener) this.show(opener.dataset.open);
      else if (this.open && (event.target === this.open || event.target.closest("[data-close]"))) this.close();
    });
    document.addEventListener("keydown", (event) => this.key(event));
  }

  show(name) {
    const came = this.open ? this.came : document.activeElement;
    if (this.open) this.close(false);
    this.came = came;
    this.open = document.querySelector(`[data-dialog="${name}"]`);
    this.open.dispatchEvent(new CustomEvent("dialog:open"));
    this.open.hidden = false;
    this.behind(true);
    this.open.firstElementChild.focus();
  }

  close(isBack = true) {
    if (!this.open) return;
    const closing = this.open;
    this.open = null;
    closing.hidden = true;
    this.behind(false);
    closing.dispatchEvent(new CustomEvent("dialog:close"));
    if (isBack && this.came) this.came.focus();
  }

  // What lies behind is out of reach of screen readers too.
  behind(isHidden) {
    for (const element of document.body.children) {
      if (element === this.open || element.tagName === "SCRIPT" || element.hasAttribute("data-say")) continue;
      if (isHidden) element.setAttribute("aria-hidden", "true");
      else element.removeAttribute("aria-hidden");
    }
  }

  key(event) {
    if (!this.open) return;
    if (event.key === "Escape") {
      this.close();
    } else if (event.key === "Tab") {
      const stops = [...this.open.querySelectorAll(FOCUSABLE)].filter((element) => element.offsetParent);
      const [first, last] = [stops[0], stops[stops.length - 1]];
      const active = document.activeElement;
      const isOutside = !this.open.contains(active) || active === this.open.firstElementChild;
      if (event.shiftKey && (active === first || isOutside)) {
        event.preventDefault();
        last.focus();
      } else if (!event.shiftKey && (active === last || !this.open.contains(active))) {
        event.preventDefault();
        first.focus();
      }
    }
  }
}
