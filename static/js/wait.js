// Waiting at the door. The figures go down at the pace the server named; now and then the page asks where the ticket
// stands, and when it is time it presses the button. Only elapsed time counts, never the phone's clock.
const panel = document.querySelector("[data-wait]");
const form = document.querySelector("[data-enter]");
const THRESHOLDS = [1000, 500, 200, 100, 50, 20, 10, 5, 1];
const title = document.title;

const part = (name) => panel.querySelector(`[data-${name}]`);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// What the server said last, and when.
const known = { wait: 0, ahead: 0, at: 0 };
let rate = 0;
let told = Infinity;
let nextAsk = Infinity;
let failures = 0;
let isAsking = false;
let isEntering = false;

function waitWords(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds <= 10) return panel.dataset.soon;
  if (seconds < 60) return fill(panel.dataset.seconds, { n: Math.ceil(seconds / 10) * 10 });
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return fill(panel.dataset.minutes, { n: minutes });
  return fill(panel.dataset.hours, { n: Math.ceil(minutes / 60) });
}

function clockWords(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const two = (n) => String(n).padStart(2, "0");
  return fill(panel.dataset.left, { time: `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}` });
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function say(text) {
  document.querySelector("[data-say]").textContent = text;
}

function left(now) {
  return Math.max(0, known.wait - (now - known.at));
}

function draw(now) {
  const wait = left(now);
  if (!panel.dataset.line) return write(part("words"), clockWords(wait));
  const people = Math.max(0, known.ahead - Math.floor(((now - known.at) / 1000) * rate));
  const shown = people.toLocaleString("vi-VN");
  const words = waitWords(wait);
  write(part("before"), shown);
  write(part("words"), words[0].toUpperCase() + words.slice(1));
  document.title = `${shown} · ${title}`;
  const passed = THRESHOLDS.find((one) => people <= one && one < told && THRESHOLDS.every((other) => other >= one || people > other));
  if (passed !== undefined || told === Infinity) say(fill(panel.dataset.people, { n: shown, words }));
  told = passed ?? (told === Infinity ? people + 1 : told);
}

function enter() {
  if (isEntering) return;
  isEntering = true;
  part("waiting").hidden = true;
  part("turn").hidden = false;
  form.hidden = false;
  document.title = `${panel.dataset.now} ${title}`;
  say(panel.dataset.now);
  form.requestSubmit();
}

function learn(place, now) {
  Object.assign(known, { wait: place.wait_ms, ahead: place.before, at: now });
  // Not everybody at the same moment; and where the wait is short, when it is over.
  nextAsk = now + Math.min(place.ask_again_ms * (0.9 + Math.random() * 0.2), place.wait_ms);
}

async function ask() {
  if (isAsking) return;
  isAsking = true;
  try {
    const reply = await fetch(panel.dataset.line, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (reply.status === 404) return location.reload();
    if (!reply.ok) throw new Error(String(reply.status));
    const place = await reply.json();
    failures = 0;
    part("offline").hidden = true;
    learn(place, performance.now());
    if (place.wait_ms === 0) enter();
  } catch {
    failures += 1;
    if (failures === 2) {
      part("offline").hidden = false;
      say(panel.dataset.lost);
    }
    nextAsk = performance.now() + Math.min(2000 * failures, 15000) * (0.75 + Math.random() / 2);
  } finally {
    isAsking = false;
  }
}

function tick(begun) {
  const now = performance.now();
  if (now - begun > Number(panel.dataset.closes)) return location.reload();
  draw(now);
  if (panel.dataset.line && now >= nextAsk) ask();
  if (!panel.dataset.line && left(now) === 0) return enter();
  if (!isEntering) setTimeout(() => tick(begun), Math.min(1000, Math.max(50, nextAsk - now)));
}

if (panel && Number(panel.dataset.wait) > 0) {
  const begun = performance.now();
  rate = Number(panel.dataset.rate ?? 0);
  const place = { wait_ms: Number(panel.dataset.wait), before: Number(panel.dataset.ahead ?? 0), ask_again_ms: Number(panel.dataset.ask ?? 0) };
  learn(place, begun);
  if (!panel.dataset.line) nextAsk = Infinity;
  tick(begun);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && panel.dataset.line && performance.now() - known.at > 2000) ask();
  });
} else if (panel) {
  enter();
}
// Back from the attempt to a page that the browser kept: it may be out of date.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
