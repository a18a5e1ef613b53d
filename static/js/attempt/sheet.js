// The sheet of answers on this device: what is chosen now, and what the server has acknowledged. An answer is unsent
// while the two differ, and only a reply of the server makes them equal. Kept in local storage until handed in, with
// nothing personal in it.

const EMPTY = { answers: {}, flags: [], prediction: null };

function copy(value) {
  return JSON.parse(JSON.stringify(value));
}

function same(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}

// One form for equal sheets: no empty answers, everything in order.
function tidy(state) {
  const answers = {};
  for (const place of Object.keys(state.answers || {}).map(Number).sort((a, b) => a - b)) {
    const chosen = state.answers[place];
    if (chosen && chosen.length) answers[place] = [...chosen].sort((a, b) => a - b);
  }
  const flags = [...new Set(state.flags || [])].sort((a, b) => a - b);
  return { answers, flags, prediction: state.prediction || null };
}

export class Sheet {
  // `isOld`: the page is a copy, and its word about the server's sheet older than what this device has heard since.
  constructor(code, server, isOld = false) {
    this.key = `attempt:${code}`;
    this.isKept = true;
    const kept = this.read();
    this.now = tidy(kept ? kept.now : EMPTY);
    this.acked = tidy(kept ? kept.acked : EMPTY);
    this.revision = 0;
    this.tried = 0;
    // What was never acknowledged before the page was closed is laid over the server's sheet and counts as unsent.
    if (kept && isOld) [this.revision, this.foundConflicts] = [kept.revision || server.revision, []];
    else this.foundConflicts = kept ? this.rebase(server).conflicts : this.take(server);
  }

  take(server) {
    this.now = tidy(server);
    this.acked = copy(this.now);
    this.revision = server.revision;
    this.keep();
    return [];
  }

  // The server holds another sheet than this page knew: its answers, with the unsent ones of this device on top.
  // Returns the questions that were answered differently in both places, and whether the server's sheet was news at
  // all: it is not when it only holds a save of this page whose reply was lost.
  rebase(server) {
    const theirs = tidy(server);
    const isNews = !same(theirs, this.acked) && !(this.last && same(theirs, this.last.content));
    const conflicts = [];
    const answers = copy(theirs.answers);
    for (const place of this.unsentPlaces()) {
      const ours = this.now.answers[place] || [];
      const before = this.acked.answers[place] || [];
      const there = theirs.answers[place] || [];
      if (!same(there, before) && !same(there, ours)) conflicts.push({ place, ours, theirs: there });
      if (ours.length) answers[place] = ours;
      else delete answers[place];
    }
    const flags = same(this.now.flags, this.acked.flags) ? theirs.flags : this.now.flags;
    const prediction = this.now.prediction === this.acked.prediction ? theirs.prediction : this.now.prediction;
    this.now = tidy({ answers, flags, prediction });
    this.acked = theirs;
    this.revision = Math.max(this.revision, server.revision);
    this.keep();
    return { conflicts, isNews };
  }

  chosen(place) {
    return this.now.answers[place] || [];
  }

  choose(place, values) {
    const answers = copy(this.now.answers);
    answers[place] = values;
    this.change({ answers });
  }

  flag(place, isOn) {
    this.change({ flags: this.now.flags.filter((other) => other !== place).concat(isOn ? [place] : []) });
  }

  predict(text) {
    this.change({ prediction: text.trim() });
  }

  change(part) {
    this.now = tidy(Object.assign(copy(this.now), part));
    this.keep();
  }

  unsentPlaces() {
    const places = new Set([...Object.keys(this.now.answers), ...Object.keys(this.acked.answers)].map(Number));
    return [...places].filter((place) => !same(this.now.answers[place], this.acked.answers[place])).sort((a, b) => a - b);
  }

  // Questions whose answer the server does not have yet; the prediction counts as one, flags do not.
  get unsentCount() {
    return this.unsentPlaces().length + (this.now.prediction === this.acked.prediction ? 0 : 1);
  }

  get isUnsent() {
    return !same(this.now, this.acked);
  }

  // What to send next. The same content goes out under the same revision again, so that a reply lost on the way does
  // no harm; changed content takes a new one.
  outgoing() {
    const content = copy(this.now);
    if (!this.last || this.last.revision <= this.revision || !same(this.last.content, content)) {
      this.tried = Math.max(this.tried, this.revision) + 1;
      this.last = { revision: this.tried, content };
    }
    return { revision: this.last.revision, content };
  }

  acknowledge(sent) {
    // A late reply to an older save must not undo what a newer one has settled.
    if (sent.revision <= this.revision) return;
    this.acked = copy(sent.content);
    this.revision = sent.revision;
    this.keep();
  }

  read() {
    try {
      const text = localStorage.getItem(this.key);
      const kept = text ? JSON.parse(text) : null;
      return kept && kept.now && kept.acked ? kept : null;
    } catch (refused) {
      return null;
    }
  }

  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify({ now: this.now, acked: this.acked, revision: this.revision }));
    } catch (refused) {
      this.isKept = false;
    }
  }

  // Another tab of this device wrote: take what it changed and this tab did not. True when something was taken.
  hearTab(text) {
    let kept = null;
    try {
      kept = text ? JSON.parse(text) : null;
    } catch (broken) {
      return false;
    }
    if (!kept || !kept.now || same(tidy(kept.now), this.now)) return false;
    const theirs = tidy(kept.now);
    const answers = copy(theirs.answers);
    for (const place of this.unsentPlaces()) answers[place] = this.chosen(place);
    const flags = same(this.now.flags, this.acked.flags) ? theirs.flags : this.now.flags;
    const prediction = this.now.prediction === this.acked.prediction ? theirs.prediction : this.now.prediction;
    this.now = tidy({ answers, flags, prediction });
    return true;
  }
}
