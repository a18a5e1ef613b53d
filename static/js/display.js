// The large screen in a hall: turns its scenes, fetches them anew, and stays as it is when the network goes.
// It stands for weeks: one timer, no list that grows, old nodes go when new ones come.

import { clockText, countdownText, dateText, nextWait } from "./screen/telling.js";

const POLL = 15000;
const PATIENCE = 20000;

const body = document.body;
const scenes = document.getElementById("scenes");
const seconds = Number(body.dataset.seconds);
const offset = Number(body.dataset.offset) * 60000;
const days = body.dataset.days.split("|");
const version = scenes.querySelector("[data-version]").dataset.version;
const mayMove = !matchMedia("(prefers-reduced-motion: reduce)").matches;

let serverAhead = Number(body.dataset.now) - Date.now();
let seenAt = Number(body.dataset.now);
let current = 0;
let turnAt = Date.now() + seconds * 1000;
let pollAt = Date.now() + POLL;
let failures = 0;
let isAsking = false;
let isPaused = false;
let etag = "";

const now = () => Date.now() + serverAhead;

function put(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function show(index) {
  const all = scenes.querySelectorAll("[data-scene]");
  current = ((index % all.length) + all.length) % all.length;
  all.forEach((scene, i) => { scene.hidden = i !== current; });
  scenes.querySelectorAll(".led-dots i").forEach((dot, i) => dot.classList.toggle("on", i === current));
  turnAt = Date.now() + seconds * 1000;
}

function tell() {
  const local = new Date(now() + offset);
  put(document.querySelector("[data-clock]"), clockText(local));
  put(document.querySelector("[data-date]"), dateText(local, days));
  put(document.querySelector("[data-asof-time]"), clockText(new Date(seenAt + offset)));
  for (const element of scenes.querySelectorAll("[data-until]")) {
    put(element, countdownText(Number(element.dataset.until) - now(), element.dataset.day));
  }
  const shift = local.getUTCMinutes() % 3;
  body.classList.toggle("led-moved-1", shift === 1);
  body.classList.toggle("led-moved-2", shift === 2);
}

function noteSuccess(reply) {
  const said = Date.parse(reply.headers.get("Date"));
  if (said) serverAhead = said - Date.now();
  seenAt = now();
  failures = 0;
  body.classList.remove("led-lost");
  document.querySelector("[data-asof-lost]").hidden = true;
}

function noteFailure() {
  failures += 1;
  if (failures < 2) return;
  body.classList.add("led-lost");
  document.querySelector("[data-asof-lost]").hidden = false;
}

function replace(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body;
  const marks = fresh.querySelector("[data-version]");
  if (!marks) throw new Error("not our scenes");  // the sign-in page of somebody's Wi-Fi
  if (marks.dataset.version !== version) return location.reload();
  scenes.replaceChildren(...fresh.childNodes);
  const turn = turnAt;
  show(current);
  turnAt = turn;
}

async function ask() {
  isAsking = true;
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const headers = etag ? { "If-None-Match": etag } : {};
    const reply = await fetch(body.dataset.scenes, { headers, cache: "no-store", credentials: "omit", signal: stop.signal });
    if (reply.status === 200) {
      replace(await reply.text());
      etag = reply.headers.get("ETag") || "";
    } else if (reply.status !== 304) {
      throw new Error(`status ${reply.status}`);
    }
    noteSuccess(reply);
  } catch (failed) {
    noteFailure();
  } finally {
    clearTimeout(patience);
    isAsking = false;
    pollAt = Date.now() + nextWait(POLL, failures, Math.random());
  }
}

function tick() {
  tell();
  if (!isPaused && mayMove && Date.now() >= turnAt) show(current + 1);
  if (!isAsking && Date.now() >= pollAt) ask();
}

addEventListener("online", () => { pollAt = 0; });
addEventListener("keydown", (event) => {
  if (event.key === " ") {
    isPaused = !isPaused;
    document.querySelector("[data-paused]").hidden = !isPaused;
    turnAt = Date.now() + seconds * 1000;
  } else if (event.key === "ArrowRight") show(current + 1);
  else if (event.key === "ArrowLeft") show(current - 1);
  else return;
  event.preventDefault();
});
const shownFirst = [...scenes.querySelectorAll("[data-scene]")].findIndex((scene) => !scene.hidden);
show(Math.max(0, shownFirst));
tick();
setInterval(tick, 1000);
