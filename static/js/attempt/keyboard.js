// Keys on a desk: 1–8 or A–H choose, ← and → move, Enter goes on, M marks for another look.

import { keep, recall } from "./habits.js";

const KEPT_AS = "attempt-keys";

function isTyping(element) {
  return element.matches("textarea, select, input:not([type=radio]):not([type=checkbox]), .th-qzoom");
}

// 1 for A or 1, 2 for B or 2, …; 0 for other keys. By the key's place, so that a Vietnamese keyboard changes nothing.
function choiceOf(code) {
  const letter = /^Key([A-H])$/.exec(code);
  if (letter) return letter[1].charCodeAt(0) - 64;
  const digit = /^(?:Digit|Numpad)([1-8])$/.exec(code);
  return digit ? Number(digit[1]) : 0;
}

// Letters and digits act without a modifier key, so they can be turned off: who speaks to the computer, or touches
// keys unawares, would choose by accident.
function switchOfLetters(texts) {
  const button = document.querySelector("[data-keys]");
  let isOn = recall(KEPT_AS) !== "off";
  const name = () => { button.textContent = isOn ? texts.keysOff : texts.keysOn; };
  button.addEventListener("click", () => {
    isOn = !isOn;
    keep(KEPT_AS, isOn ? "on" : "off");
    name();
  });
  name();
  return () => isOn;
}

export function listenToKeys({ screens, texts, isBlocked }) {
  const hasLetters = switchOfLetters(texts);
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || isBlocked()) return;
    const isInText = isTyping(event.target);
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      if (isInText) return;
      event.preventDefault();
      screens.go(event.key === "ArrowRight" ? 1 : -1);
    } else if (event.key === "Enter") {
      // On a button or link Enter is theirs; in the form it must not press the hidden buttons.
      if (event.target.closest("button, a, label, summary")) return;
      event.preventDefault();
      screens.go(1);
    } else if (isInText || !hasLetters()) {
      // Typed into a field, or turned off.
    } else if (event.code === "KeyM") {
      screens.toggleFlag();
    } else if (choiceOf(event.code)) {
      screens.press(choiceOf(event.code));
    }
  });
}
