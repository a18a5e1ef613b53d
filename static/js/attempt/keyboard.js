// Keys on a desk: 1–8 or A–H choose, ← and → move, Enter goes on, M marks for another look.

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

export function listenToKeys({ screens, isBlocked }) {
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
    } else if (!isInText && event.code === "KeyM") {
      screens.toggleFlag();
    } else if (!isInText && choiceOf(event.code)) {
      screens.press(choiceOf(event.code));
    }
  });
}
