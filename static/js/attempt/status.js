// What the page says about saving, connection and time. Never "saved" before the server has said so.

import { clockText, timeOfDay } from "./clock.js";
import { keep, recall } from "./habits.js";

// Minutes left at which it is said; at the last one at once, whatever else is being read.
const WARNINGS = [10, 5, 1, 0.5];
const APART = 60000;
const LONG_AWAY = 60000;
const JITTER = 5000;
const WORTH_SAYING = 30000;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export class Status {
  constructor({ sheet, clock, data, onTimeUp, onSleep, onReload }) {
    Object.assign(this, { sheet, clock, data, texts: data.texts, onTimeUp, onSleep, onReload });
    this.save = document.querySelector("[data-save]");
    this.figure = document.querySelector("[data-clock]");
    this.savedAt = data.saved_at;
    this.away = document.querySelector('[data-banner="offline"] p');
    this.urgent = document.querySelector("[data-alert]");
    this.awayWords = this.away.textContent;
    this.lostSince = 0;
    this.isHidden = recall(this.keptAs) ? recall(this.keptAs) === "hidden" : data.hides_clock;
    this.isUp = false;
    this.thresholds = [...WARNINGS, ...this.half()];
    this.said = new Set(this.thresholds.filter((minutes) => clock.remaining < minutes * 60000 - JITTER));
    this.hider = document.querySelector("[data-hide-clock]");
    this.hider.addEventListener("click", () => this.hideClock(!this.isHidden));
    this.nameHider();
    this.tick();
  }

  // --- time ---
  tick() {
    if (this.clock.hasSlept()) this.onSleep();
    const left = this.clock.remaining;
    // The last minute is shown to who has hidden the clock, but never counted down to who needs a page without one.
    const isSecret = this.isHidden && (left > 60000 || this.data.hides_clock);
    const text = this.clock.isPaused ? this.texts.paused : isSecret ? this.texts.hidden : clockText(left);
    if (this.figure.textContent !== text) this.figure.textContent = text;
    for (const one of document.querySelectorAll("[data-left]")) one.textContent = isSecret ? "" : clockText(left);
    for (const one of document.querySelectorAll("[data-left-line]")) one.hidden = isSecret;
    if (!this.clock.isPaused) this.warn(left);
    if (this.lostSince && performance.now() - this.lostSince > LONG_AWAY) this.longAway();
    if (left <= 0 && !this.clock.isPaused && !this.isUp) {
      this.isUp = true;
      this.onTimeUp();
    }
    setTimeout(() => this.tick(), left > 0 ? 250 : 1000);
  }

  // The minutes at half of the time, unless that is about when something is said anyway.
  half() {
    const minutes = this.data.allowed_ms / 120000;
    return WARNINGS.some((other) => Math.abs(other - minutes) * 60000 < APART) ? [] : [minutes];
  }

  // Spoken once at each threshold, never second by second; once more when added time leads to it again. Of several
  // that have passed meanwhile only the last counts.
  warn(left) {
    let due = 0;
    for (const minutes of this.thresholds) {
      if (left > minutes * 60000 + JITTER) this.said.delete(minutes);
      if (left > minutes * 60000 || this.said.has(minutes)) continue;
      this.said.add(minutes);
      due = due ? Math.min(due, minutes) : minutes;
    }
    if (due) this.sayLeft(due);
    if (left > 30000 + JITTER) this.urgent.textContent = "";
    const isLast = left <= 60000;
    document.body.classList.toggle("is-last", isLast);
    this.banner("last", isLast && !this.isUp);
  }

  sayLeft(minutes) {
    const { texts } = this;
    if (minutes === 0.5) this.urgent.textContent = texts.lastSeconds;
    else if (minutes === 1) this.say([...document.querySelectorAll('[data-banner="last"] b, [data-banner="last"] p')].map((part) => part.textContent).join(". "));
    else this.say(WARNINGS.includes(minutes) ? texts.minutesLeft.replace("{n}", minutes) : texts.halfPassed);
  }

  hideClock(isHidden) {
    this.isHidden = isHidden;
    keep(this.keptAs, isHidden ? "hidden" : "shown");
    this.nameHider();
  }

  nameHider() {
    this.hider.textContent = this.isHidden ? this.texts.showClock : this.texts.hideClock;
  }

  get keptAs() {
    return `attempt:${this.data.code}:clock`;
  }

  // Two things at once are one sentence after the other; the same words again are said again.
  say(text) {
    const line = document.querySelector("[data-say]");
    this.words = this.words ? `${this.words}. ${text}` : text;
    line.textContent = "";
    clearTimeout(this.sayTimer);
    this.sayTimer = setTimeout(() => {
      line.textContent = this.words;
      this.words = "";
    }, 100);
  }

  // --- saving ---
  draw(state) {
    const { sheet, texts } = this;
    const n = sheet.unsentCount;
    let [look, symbol, text] = ["", "saved", ""];
    if (!sheet.isUnsent) {
      text = this.savedAt ? texts.saved.replace("{time}", timeOfDay(this.savedAt, this.data.zone)) : texts.nothing;
      look = this.savedAt ? "" : "none";
    } else if (state === "failed" && n) {
      [look, symbol, text] = ["off", "offline", texts.unsent.replace("{n}", n)];
    } else {
      [look, symbol, text] = ["wait", "saving", texts.saving];
    }
    this.show(look, symbol, text);
  }

  show(look, symbol, text) {
    const words = this.save.querySelector("span");
    if (words.textContent === text) return;
    this.save.className = `th-save ${look}`;
    this.save.querySelector("use").setAttribute("href", `${this.data.icons}#${symbol}`);
    words.textContent = text;
  }

  saving() {
    if (!this.lostSince) this.draw("saving");
  }

  saved(at) {
    if (at) this.savedAt = at;
    if (this.lostSince) this.say(this.texts.allSaved);
    this.reached();
    this.banner("reload", false);
    this.draw("saved");
  }

  // The server answers again.
  reached() {
    this.lostSince = 0;
    this.banner("offline", false);
    this.away.textContent = this.awayWords;
    this.away.closest(".th-banner").classList.remove("strong");
  }

  failed(count) {
    if (!this.lostSince) this.lostSince = performance.now();
    const banner = document.querySelector('[data-banner="offline"]');
    if (count > 1 && banner.hidden) {
      banner.hidden = false;
      this.say([...banner.querySelectorAll("b, p")].map((part) => part.textContent).join(". "));
    }
    this.draw("failed");
  }

  longAway() {
    if (this.away.textContent === this.texts.offlineLong) return;
    this.away.textContent = this.texts.offlineLong;
    this.away.closest(".th-banner").classList.add("strong");
  }

  // Opened without a connection: what is shown is what this device kept.
  isCopy() {
    this.lostSince = performance.now();
    this.away.textContent = this.texts.copy;
    this.banner("offline", true);
    this.say(this.texts.copy);
    this.draw("failed");
  }

  heard(reply, moved) {
    if (moved > WORTH_SAYING) this.say(this.texts.timeAdded.replace("{n}", Math.round(moved / 60000) || 1));
    if (reply.saved_at) this.savedAt = reply.saved_at;
    if (!this.sheet.isUnsent) this.reached();
    if (!("notice" in reply)) return; // the reply to a save has other things to say
    const words = document.querySelector('[data-banner="notice"] p');
    if (reply.notice && words.textContent !== reply.notice) {
      words.textContent = reply.notice;
      this.say(reply.notice);
    }
    this.banner("notice", Boolean(reply.notice));
  }

  banner(name, isShown) {
    const element = document.querySelector(`[data-banner="${name}"]`);
    if (element.hidden === isShown) element.hidden = !isShown;
  }

  refused() {
    const element = document.querySelector('[data-banner="reload"]');
    if (!element.querySelector("button")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-outline-secondary btn-sm";
      button.textContent = this.texts.reload;
      button.addEventListener("click", () => this.onReload());
      element.lastElementChild.append(button);
    }
    this.banner("reload", true);
  }

  letters(values) {
    return values.length ? values.map((value) => LETTERS[value - 1]).join(", ") : this.texts.blank;
  }

  // The same paper was answered elsewhere. Where both say different things, the person decides.
  elsewhere(conflicts, choose) {
    const element = document.querySelector('[data-banner="elsewhere"]');
    const box = element.lastElementChild;
    for (const old of box.querySelectorAll("div")) old.remove();
    for (const { place, ours, theirs } of conflicts) {
      const row = document.createElement("div");
      const fill = (text) => text.replace("{n}", place).replace("{ours}", this.letters(ours)).replace("{theirs}", this.letters(theirs));
      row.append(fill(this.texts.conflict), " ");
      for (const [text, values] of [[this.texts.takeTheirs, theirs], [this.texts.keepOurs, ours]]) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-outline-secondary btn-sm";
        button.textContent = fill(text);
        button.addEventListener("click", () => {
          row.remove();
          choose(place, values);
          if (!box.querySelector("div")) this.banner("elsewhere", false);
        });
        row.append(button);
      }
      box.append(row);
    }
    this.banner("elsewhere", true);
    clearTimeout(this.elsewhereTimer);
    if (!conflicts.length) this.elsewhereTimer = setTimeout(() => this.banner("elsewhere", false), 15000);
  }
}
