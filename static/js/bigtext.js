// "A+": larger text on every page. Kept in a cookie, so that the server already draws the next page large.

const COOKIE = "bigtext";

function isKept() {
  return document.cookie.split("; ").includes(`${COOKIE}=1`);
}

function keep(isOn) {
  document.cookie = `${COOKIE}=${isOn ? 1 : 0}; path=/; max-age=31536000; samesite=lax`;
}

export function enableBigText() {
  const root = document.documentElement;
  const show = (isOn) => {
    root.classList.toggle("th-big", isOn);
    for (const button of document.querySelectorAll("[data-bigtext]")) button.setAttribute("aria-pressed", String(isOn));
  };
  show(isKept());
  for (const button of document.querySelectorAll("[data-bigtext]")) {
    button.addEventListener("click", () => {
      const isOn = !root.classList.contains("th-big");
      keep(isOn);
      show(isOn);
    });
  }
}
