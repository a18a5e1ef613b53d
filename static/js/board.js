// A board that brings itself up to date while somebody looks at it: one small request with an ETag, no reload.

const WAIT = 20000;
const board = document.querySelector("[data-live]");
const status = document.querySelector("[data-live-status]");
let timer = 0;
let failures = 0;
let isHeld = false;

// What everybody gets does not know the reader: the own line is found again by what stands on it.
function ownLine() {
  const mark = board.querySelector(".th-me");
  return mark ? { mark, who: textOf(mark.closest("li"), mark) } : null;
}

function textOf(line, mark) {
  return line.querySelector(".who").textContent.replace(mark ? mark.textContent : "", "").replace(/\s+/g, "");
}

function put(html) {
  const own = ownLine();
  const focused = board.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  const scrolled = scrollY;
  const read = new DOMParser().parseFromString(html, "text/html");
  for (const part of [board, document.getElementById("tinh-trang")]) {
    part.replaceChildren(...read.getElementById(part.id).childNodes);
  }
  if (own) {
    for (const line of board.querySelectorAll("ol.people > li")) {
      if (textOf(line) === own.who) {
        line.querySelector(".who b").append(" ", own.mark);
        break;
      }
    }
  }
  if (focused) board.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  scrollTo({ top: scrolled, behavior: "instant" });
  status.textContent = board.dataset.liveSaid;
}

let seen = null;

async function refresh() {
  try {
    const reply = await fetch(board.dataset.live, { headers: seen ? { "If-None-Match": seen } : {}, cache: "no-store", credentials: "omit" });
    failures = 0;
    if (reply.status === 200) {
      const isFirst = seen === null;
      seen = reply.headers.get("ETag");
      const html = await reply.text();
      // The first answer tells what this page already shows, unless something has changed since.
      if (!isFirst || rowsOf(html) !== rowsOf(board.innerHTML)) put(html);
    }
  } catch {
    failures += 1;
  }
  plan();
}

function rowsOf(html) {
  const read = new DOMParser().parseFromString(html, "text/html");
  for (const mark of read.querySelectorAll(".th-me")) mark.remove();
  return [...read.querySelectorAll("ol.people > li")].map((line) => line.textContent.replace(/\s+/g, " ").trim()).join("|");
}

function plan() {
  clearTimeout(timer);
  // Everybody at another moment; less often while the network is gone.
  if (!document.hidden && !isHeld) timer = setTimeout(refresh, (WAIT + Math.random() * 5000) * Math.min(1 + failures, 6));
}

// Who reads slowly, or enlarged, holds the board still (WCAG 2.2.2).
function offerToHold() {
  const button = document.querySelector("[data-hold]");
  button.addEventListener("click", () => {
    isHeld = !isHeld;
    button.textContent = isHeld ? button.dataset.again : button.dataset.hold;
    plan();
  });
}

document.addEventListener("visibilitychange", plan);
if (board) {
  offerToHold();
  plan();
}
