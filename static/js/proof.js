// Proof of work: a worker tries counters, the form goes on with what it found. A browser that cannot do it waits.
import { countDown } from "./waiting.js";

const panel = document.querySelector("[data-proof]");
const form = panel.querySelector("[data-repeat]");
const words = panel.querySelector("[data-words]");

words.hidden = false;

function wait() {
  const place = panel.querySelector("[data-waiting]");
  place.hidden = false;
  words.textContent = panel.dataset.slow;
  // One second more: the server's clock decides.
  countDown(place.querySelector("[data-time]"), Number(panel.dataset.wait) + 1, () => form.submit());
}

function solve(challenge) {
  const worker = new Worker(panel.dataset.worker);
  worker.addEventListener("error", wait, { once: true });
  worker.addEventListener("message", ({ data }) => {
    worker.terminate();
    if (!data) return wait();
    panel.querySelector("[data-answer]").value = btoa(JSON.stringify({ challenge, solution: data }));
    words.textContent = panel.dataset.done;
    form.submit();
  }, { once: true });
  worker.postMessage(challenge.parameters);
}

if (globalThis.Worker && globalThis.crypto?.subtle) solve(JSON.parse(panel.dataset.proof));
else wait();
// Back to a page that the browser kept: its challenge is used up.
addEventListener("pageshow", (event) => {
  if (event.persisted) history.back();
});
