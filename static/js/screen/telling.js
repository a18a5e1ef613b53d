// What a large screen says of time, and how long it waits before it asks again. Nothing here touches the page.

const MOST_WAIT = 300000;

function two(n) {
  return String(n).padStart(2, "0");
}

// `local` carries the hall's wall clock in its UTC fields: the box behind the screen may stand in any zone.
export function clockText(local) {
  return `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
}

export function dateText(local, days) {
  const date = `${two(local.getUTCDate())}/${two(local.getUTCMonth() + 1)}/${local.getUTCFullYear()}`;
  return `${days[local.getUTCDay()]} ${date}`;
}

// `dayWords` is "{n} ngày"; the last day is counted in seconds.
export function countdownText(milliseconds, dayWords) {
  const left = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = two(Math.floor(left / 3600) % 24);
  const minutes = two(Math.floor(left / 60) % 60);
  if (left >= 86400) return `${dayWords.replace("{n}", Math.floor(left / 86400))} ${hours}:${minutes}`;
  return `${hours}:${minutes}:${two(left % 60)}`;
}

// Doubles with each failure up to five minutes, and differs a little from screen to screen.
export function nextWait(usual, failures, chance) {
  const wait = Math.min(usual * 2 ** Math.min(failures, 6), MOST_WAIT);
  return wait * (0.85 + 0.3 * chance);
}
