// The attempt page: puts its parts together. Without this file the page is a plain form that works.

import { Clock } from "./clock.js";
import { Dialogs } from "./dialogs.js";
import { isCopy, keepPage, keepTime, recallTime } from "./keeping.js";
import { listenToKeys } from "./keyboard.js";
import { Languages } from "./languages.js";
import { fetchPictures } from "./pictures.js";
import { Screens } from "./screens.js";
import { Sender } from "./sender.js";
import { Sheet } from "./sheet.js";
import { Status } from "./status.js";
import { Submitter } from "./submit.js";
import { readNumber } from "./words.js";

const data = JSON.parse(document.getElementById("attempt-data").textContent);
const token = document.querySelector('meta[name="csrf-token"]').content;

keepPage(data);
document.documentElement.classList.add("js");
const known = isCopy ? recallTime(data) : null;
if (isCopy) data.saved_at = known.savedAt;
const clock = isCopy ? new Clock(known.left, [performance.now(), performance.now()]) : new Clock(data.remaining_ms);
const sheet = new Sheet(data.code, data, isCopy);
const dialogs = new Dialogs();
let typingTimer = 0;

const screens = new Screens({
  sheet, total: data.total, hasPrediction: Boolean(data.predicts), texts: data.texts,
  onChange(kind) {
    if (kind === "jump") {
      dialogs.close(false);
      return;
    }
    clearTimeout(typingTimer);
    // A number is typed digit by digit; a choice is made at once.
    if (kind === "typing") {
      spell();
      typingTimer = setTimeout(() => sender.kick(), 600);
    } else {
      sender.kick();
    }
    status.draw("saving");
    submitter.draw();
  },
});

function redraw() {
  screens.fill();
  screens.draw();
  spell();
  status.draw("saving");
  submitter.draw();
}

function merged({ conflicts, isNews }) {
  redraw();
  if (!isNews) return;
  status.elsewhere(conflicts, (place, values) => {
    sheet.choose(place, values);
    redraw();
    sender.kick();
  });
}

const on = {
  saving: () => status.saving(),
  saved(at) {
    status.saved(at);
    submitter.draw();
  },
  failed(count) {
    status.failed(count);
    submitter.draw();
  },
  merged,
  over: () => submitter.endOfTime(),
  refused: () => status.refused(),
  heard(reply, moved) {
    status.heard(reply, moved);
    keepTime(data.code, clock.remaining, status.savedAt);
  },
};

const sender = new Sender({ sheet, clock, url: data.urls.sheet, token, on });
const submitter = new Submitter({ sheet, screens, sender, data, token, dialogs });
const status = new Status({ sheet, clock, data, onTimeUp, onSleep: () => sender.look(), onReload() {
  sender.isOver = true; // no question about leaving: what is unsent is kept and goes out after the reload
  location.reload();
} });

async function onTimeUp() {
  clock.isPaused = false;
  const heard = await sender.look();
  if (clock.isPaused || clock.remaining > 0) {
    status.isUp = false; // the deadline was moved, or the round was paused
    return;
  }
  sender.isOver = true;
  submitter.endOfTime({ hasLooked: Boolean(heard) });
}

// What was typed as a prediction, read back in words.
function spell() {
  const field = document.getElementById("prediction");
  if (!field) return;
  const line = document.querySelector("[data-spelled]");
  const { texts, predicts } = data;
  if (!field.value.trim()) {
    line.textContent = "";
    return;
  }
  const number = readNumber(field.value, predicts.decimals);
  if (!number) {
    line.textContent = texts.notNumber.replace("{example}", predicts.decimals ? "87,65" : "1250");
    return;
  }
  const isSpoken = number.words && data.language === "vi";
  line.textContent = (isSpoken ? texts.typedWords.replace("{words}", `${number.number} (${number.words})`) : texts.typed.replace("{number}", number.number)).replace("{unit}", predicts.unit);
}

// The map is one element: beside the question on a desk, inside the sheet on a phone.
const map = document.querySelector("[data-map]");
const sheetOfMap = document.querySelector('[data-dialog="map"]');
sheetOfMap.addEventListener("dialog:open", () => document.querySelector("[data-map-here]").append(map));
sheetOfMap.addEventListener("dialog:close", () => document.querySelector("[data-map-home]").prepend(map));

new Languages({ data, say: (text) => status.say(text), onLeave(url) {
  sender.isOver = true; // what is unsent is kept on the device and goes out after the reload
  location.assign(url);
} });
fetchPictures();

listenToKeys({ screens, texts: data.texts, isBlocked: () => Boolean(dialogs.open) });

addEventListener("storage", (event) => {
  if (event.key !== sheet.key || !sheet.hearTab(event.newValue)) return;
  merged({ conflicts: [], isNews: true });
  sender.kick();
});
addEventListener("beforeunload", (event) => {
  if (!sheet.isUnsent || sender.isOver) return;
  event.preventDefault();
  event.returnValue = "";
});

spell();
status.draw("saved");
status.banner("memory", !sheet.isKept);
status.banner("notice", Boolean(document.querySelector('[data-banner="notice"] p').textContent));
if (isCopy) {
  status.isCopy();
  sender.look();
} else {
  keepTime(data.code, clock.remaining, status.savedAt);
}
if (sheet.foundConflicts.length) merged({ conflicts: sheet.foundConflicts, isNews: true });
sender.kick();
