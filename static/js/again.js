// Too often: count down, then send the same request again. Only elapsed time counts, never the phone's clock.
import { countDown } from "./waiting.js";

const panel = document.querySelector("[data-again]");
const form = document.querySelector("[data-repeat]");
const say = (text) => { document.querySelector("[data-say]").textContent = text; };

function goOn() {
  say(panel.dataset.now);
  if (form) form.submit();
  else location.reload();
}

if (panel && (form || !panel.querySelector("a"))) {
  // Not everybody who was refused together comes again together.
  const seconds = Number(panel.dataset.again);
  countDown(panel.querySelector("[data-time]"), seconds + Math.random() * Math.min(5, seconds / 4), goOn);
  panel.querySelector("[data-auto]").hidden = false;
  say(panel.dataset.sayLeft.replace("{n}", seconds));
} else if (panel) {
  countDown(panel.querySelector("[data-time]"), Number(panel.dataset.again), () => {});
}
