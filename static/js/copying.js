// Buttons that copy a link or a receipt. Where copying is refused (in-app browsers), the words say so; the text
// itself always stands beside the button.

function byHand(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  if (!isDone) throw new Error("refused");
}

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch (refused) {
      // Some in-app browsers have the interface and refuse every use; the old way may still work.
    }
  }
  byHand(text);
}

export function enableCopying() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const label = button.querySelector("span");
    const usual = label.textContent;
    label.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      try {
        await copy(button.dataset.copy);
        label.textContent = button.dataset.copied;
      } catch (refused) {
        label.textContent = button.dataset.failed;
      }
      setTimeout(() => { label.textContent = usual; }, 4000);
    });
  }
}

// The phone's own sheet of ways to share (Zalo, messages, …). Shown only where the browser has it.
export function enableSharing() {
  if (!navigator.share) return;
  for (const button of document.querySelectorAll("[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => {
        // Closed without choosing: nothing to say.
      });
    });
  }
}
