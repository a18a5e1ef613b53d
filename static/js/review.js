// The review queue: keys for one question after another, and ticking several in the list.

const STORE = "review-keys";
const KEYS = { d: "approve", j: "next", ArrowRight: "next", k: "previous", ArrowLeft: "previous" };

function isTyping(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;
}

function stored() {
  try {
    return localStorage.getItem(STORE);
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(STORE, value);
  } catch {
    // Not remembered: the keys stay as they are on this page.
  }
}

// Single letters may be turned off: whoever speaks to the computer would set them off by accident.
function enableKeys() {
  const box = document.querySelector("[data-keys]");
  if (!box) return;
  const toggle = box.querySelector("input");
  toggle.checked = stored() !== "off";
  const show = () => box.classList.toggle("is-off", !toggle.checked);
  show();
  toggle.addEventListener("change", () => {
    remember(toggle.checked ? "on" : "off");
    show();
  });
  const isOff = () => !toggle.checked || !box.getClientRects().length; // a phone shows no keys and has none
  const press = (name) => document.querySelector(`[data-key="${name}"]`)?.click();
  const text = document.querySelector("textarea[name=text]");
  document.addEventListener("keydown", (event) => {
    if (isOff() || event.defaultPrevented || event.isComposing || event.repeat) return;
    if (event.target === text && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      press("return");
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "t") {
      event.preventDefault();
      text.focus();
    } else if (KEYS[key]) {
      event.preventDefault();
      press(KEYS[key]);
    }
  });
}

function enableChoosing() {
  const form = document.querySelector("form[data-choosing]");
  if (!form) return;
  const all = form.querySelector("[data-all]");
  const boxes = [...form.querySelectorAll("input[name=chosen]")];
  const words = form.querySelector("button[type=submit] span");
  const plain = words.textContent;
  const tell = () => {
    const count = boxes.filter((box) => box.checked).length;
    words.textContent = count ? form.dataset.one.replace("{n}", count) : plain;
    all.checked = boxes.length > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    tell();
  });
  form.addEventListener("change", tell);
  addEventListener("pageshow", tell);
}

enableKeys();
enableChoosing();
