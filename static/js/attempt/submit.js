// Handing in: the last look, blocked while answers are on their way; and the end of time, where what was answered is
// handed in by itself. The page stays until the server has it.

import { forgetPage } from "./keeping.js";
import { waitAfter } from "./sender.js";
import { readNumber } from "./words.js";

const TIMEOUT = 15000;

export class Submitter {
  constructor({ sheet, screens, sender, data, token, dialogs }) {
    Object.assign(this, { sheet, screens, sender, data, texts: data.texts, token, dialogs });
    this.isSending = false;
    this.button = document.querySelector("[data-submit]");
    this.button.addEventListener("click", () => this.press());
    this.dialog = document.querySelector('[data-dialog="submit"]');
    this.dialog.addEventListener("dialog:open", () => this.fill());
  }

  list(name, places) {
    const target = document.querySelector(`[data-list="${name}"]`);
    target.textContent = "";
    for (const place of places) {
      const link = document.createElement("a");
      link.href = `#cau-${place}`;
      link.dataset.place = place;
      link.textContent = this.texts.question.replace("{n}", place);
      target.append(link, " ");
    }
    document.querySelector(`[data-row="${name}"]`).hidden = !places.length;
  }

  emptyPlaces() {
    const places = [];
    for (let place = 1; place <= this.data.total; place += 1) if (!this.sheet.chosen(place).length) places.push(place);
    return places;
  }

  // Why it cannot be handed in right now, in the words of the page; "" when it can.
  blockedBy() {
    if (this.data.must_answer_all && this.emptyPlaces().length) return this.texts.needAll;
    const { predicts } = this.data;
    const { prediction } = this.sheet.now;
    if (predicts && predicts.is_required && !prediction) return this.texts.needPrediction;
    if (predicts && prediction && !readNumber(prediction, predicts.decimals)) return this.texts.needPrediction;
    if (this.sheet.isUnsent) return this.texts.waitWhy;
    return "";
  }

  // Something changed; it matters only while the dialog is open.
  draw() {
    if (!this.dialog.hidden) this.fill();
  }

  fill() {
    const { texts, data, sheet } = this;
    document.querySelector("[data-answered]").textContent = texts.answered.replace("{n}", this.screens.answered).replace("{total}", data.total);
    this.list("empty", this.emptyPlaces());
    this.list("flagged", sheet.now.flags);
    const predicted = document.querySelector("[data-predicted]");
    if (predicted) predicted.textContent = sheet.now.prediction ? `${sheet.now.prediction} ${data.predicts.unit}` : texts.none;
    const n = sheet.unsentCount;
    const saved = document.querySelector("[data-saved]");
    saved.querySelector("span").textContent = sheet.isUnsent ? (n ? texts.unsent.replace("{n}", n) : texts.saving) : texts.allSaved;
    saved.querySelector("use").setAttribute("href", `${data.icons}#${sheet.isUnsent ? "saving" : "saved"}`);
    saved.className = sheet.isUnsent ? "text-warning" : "text-success";
    if (this.isSending) return;
    const why = this.blockedBy();
    this.button.setAttribute("aria-disabled", String(why !== ""));
    this.button.querySelector("span").textContent = why === texts.waitWhy && n ? texts.waitFor.replace("{n}", n) : texts.submit;
    document.querySelector("[data-why]").textContent = why;
  }

  async press() {
    if (this.isSending || this.blockedBy()) return;
    this.isSending = true;
    this.button.setAttribute("aria-disabled", "true");
    this.button.querySelector("span").textContent = this.texts.submitting;
    const refusal = document.querySelector("[data-refused]");
    refusal.hidden = true;
    const answer = await this.post();
    this.isSending = false;
    if (answer.isDone) {
      this.leave();
      return;
    }
    refusal.querySelector("span").textContent = answer.message || this.texts.overWaiting;
    refusal.hidden = false;
    this.draw();
  }

  // Time is over. Ask once more, since the deadline may have been moved; then hand in and try until it is taken.
  async endOfTime({ hasLooked = false } = {}) {
    if (this.isEnding) return;
    this.isEnding = true;
    this.dialogs.close(false);
    this.screens.lock();
    document.querySelector("[data-paper]").hidden = true;
    document.querySelector(".th-examnav").hidden = true;
    const panel = document.querySelector("[data-over]");
    const words = document.querySelector("[data-over-text]");
    words.textContent = this.texts.overSending;
    panel.hidden = false;
    panel.focus();
    for (let failures = 0; ; failures += 1) {
      // What never went out is laid over what another device may have sent meanwhile; under an old number the server
      // would pass it over. Without a line there is nothing to hand in to either.
      const isUnheard = (failures || !hasLooked) && this.sheet.isUnsent;
      if (!isUnheard || await this.sender.look(true) !== null) {
        const answer = await this.post();
        // Refused for good: the page of the attempt says what the server has.
        if (answer.isDone || (answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429)) break;
      }
      words.textContent = this.texts.overWaiting;
      await new Promise((resolve) => setTimeout(resolve, waitAfter(failures + 1)));
    }
    this.leave();
  }

  async post() {
    const { revision, content } = this.sheet.outgoing();
    const form = new FormData();
    form.append("csrf_token", this.token);
    form.append("revision", revision);
    // Carried along so that an answer whose reply was lost is there; an older or equal sheet changes nothing.
    form.append("sheet", JSON.stringify(Object.assign({ revision }, content)));
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), TIMEOUT);
    try {
      const response = await fetch(this.data.urls.submit, {
        method: "POST", body: form, redirect: "manual", credentials: "same-origin", headers: { Accept: "application/json" }, signal: controller.signal,
      });
      if (response.type === "opaqueredirect" || response.ok) return { isDone: true };
      let message = "";
      try {
        message = (await response.json()).message || "";
      } catch (noJson) {
        message = "";
      }
      return { isDone: false, status: response.status, message };
    } catch (lost) {
      return { isDone: false, status: 0, message: "" };
    } finally {
      clearTimeout(timer);
    }
  }

  // The page of the attempt is now the page of its result, which forgets what this device kept.
  leave() {
    this.sender.isOver = true;
    const go = () => location.replace(this.data.urls.page);
    forgetPage().then(go, go); // else it could come back in place of the result
  }
}
