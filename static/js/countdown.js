// Days, hours and minutes left until a round opens or closes. The server says how much is left; the page adds its
// own elapsed time. The phone's clock plays no part, so one that is an hour off shows the right figures.

const MINUTE = 60000;

function parts(milliseconds) {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE));
  return { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
}

function two(n) {
  return String(n).padStart(2, "0");
}

function draw(element, milliseconds) {
  const left = parts(milliseconds);
  const isFar = left.days >= 30;
  const texts = { days: String(left.days), hours: left.days ? two(left.hours) : String(left.hours), minutes: two(left.minutes) };
  for (const part of element.querySelectorAll("[data-part]")) {
    const name = part.dataset.part;
    if (part.textContent !== texts[name]) part.textContent = texts[name];
    part.parentElement.hidden = name === "days" ? left.days === 0 : isFar;
  }
}

export function startCountdowns() {
  const elements = [...document.querySelectorAll("[data-countdown]")];
  if (!elements.length) return;
  const begun = performance.now();
  const totals = elements.map((element) => Number(element.dataset.countdown));
  const tick = () => {
    const elapsed = performance.now() - begun;
    let isOver = false;
    elements.forEach((element, i) => {
      draw(element, totals[i] - elapsed);
      if (totals[i] > 0 && totals[i] - elapsed <= 0) isOver = true;
    });
    // The round has just opened or closed: the page has other words now. Spread out, all pages end together.
    if (isOver) setTimeout(() => location.reload(), 1000 + Math.random() * 9000);
    else setTimeout(tick, 1000);
  };
  tick();
  // A page taken out of the back-forward cache, or a phone that slept: the elapsed time may be wrong. Ask again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
