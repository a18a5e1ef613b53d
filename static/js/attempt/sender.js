// Carries the sheet to the server: at once, one request at a time, again and again until it is acknowledged.
// `on` is told what happens: saving, saved(time), failed(count), merged({conflicts, isNews}), over(), refused(),
// heard(reply, by how much the deadline was moved).

const TIMEOUT = 8000;
const LONGEST_WAIT = 15000;
const LOOK_EVERY = 20000;

// Full jitter: after a crowd was cut off it must not come back all at once.
export function waitAfter(failures, random = Math.random) {
  return random() * Math.min(LONGEST_WAIT, 500 * 2 ** failures);
}

async function ask(url, options, timeout = TIMEOUT) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeout);
  try {
    const sent = performance.now();
    const response = await fetch(url, Object.assign({ signal: controller.signal, credentials: "same-origin", cache: "no-store" }, options));
    let body = null;
    try {
      body = await response.json();
    } catch (noJson) {
      body = null; // a page of a portal or a proxy stands where our reply should be
    }
    return { status: response.status, body, sent, heard: performance.now() };
  } catch (lost) {
    return { status: 0, body: null };
  } finally {
    clearTimeout(timer);
  }
}

export class Sender {
  constructor({ sheet, clock, url, token, on }) {
    Object.assign(this, { sheet, clock, url, token, on });
    this.failures = 0;
    this.isBusy = false;
    this.isOver = false;
    this.timer = 0;
    this.listen();
    this.lookLater();
  }

  listen() {
    const again = () => {
      this.failures = Math.min(this.failures, 1);
      this.kick();
      this.look();
    };
    addEventListener("online", again);
    addEventListener("pageshow", (event) => { if (event.persisted) again(); });
    addEventListener("offline", () => this.on.failed(Math.max(2, this.failures)));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") again();
      else this.sendLast();
    });
  }

  // Something changed, or it is time to try again.
  kick() {
    clearTimeout(this.timer);
    if (this.isBusy || this.isOver || !this.sheet.isUnsent) return;
    this.send();
  }

  // The page is being left: what is not on its way yet goes now. A bonus; the browser may finish it after the page.
  sendLast() {
    if (this.isOver || !this.sheet.isUnsent) return;
    if (this.isBusy && this.sheet.outgoing().revision === this.underWay) return;
    this.send();
  }

  async send() {
    const sent = this.sheet.outgoing();
    this.underWay = sent.revision;
    this.isBusy = true;
    this.on.saving();
    const body = JSON.stringify(Object.assign({ revision: sent.revision }, sent.content));
    const reply = await ask(this.url, {
      method: "PUT", body, keepalive: true,
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token },
    });
    this.isBusy = false;
    this.settle(reply, sent);
  }

  settle(reply, sent) {
    const { status, body } = reply;
    if (status === 200 && body && body.revision === sent.revision) {
      this.failures = 0;
      this.sheet.acknowledge(sent);
      this.hear(reply);
      this.on.saved(body.saved_at);
      this.kick();
    } else if (status === 409 && body && Number.isInteger(body.revision)) {
      this.hear(reply);
      this.on.merged(this.sheet.rebase(body));
      if (!this.sheet.isUnsent) this.on.saved(body.saved_at); // it was there already: only the reply had been lost
      this.failures += 1;
      this.retry(this.failures > 3 ? waitAfter(this.failures) : 0);
    } else if (status === 410) {
      this.isOver = true;
      this.on.over();
    } else {
      if (status >= 400 && status < 500 && status !== 408 && status !== 429) this.on.refused();
      this.failures += 1;
      this.on.failed(this.failures);
      this.retry(waitAfter(this.failures));
    }
  }

  retry(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.kick(), wait);
  }

  hear(reply) {
    const { clock } = this;
    const wasPaused = clock.isPaused;
    const moved = typeof reply.body.remaining_ms === "number" ? clock.hear(reply.body.remaining_ms, reply.sent, reply.heard) : 0;
    if (typeof reply.body.paused === "boolean") clock.isPaused = reply.body.paused;
    this.on.heard(reply.body, wasPaused || clock.isPaused ? 0 : moved);
  }

  // Ask what the server has: the honest time left, and whether the paper is being answered elsewhere as well.
  // At the end of time it is asked once more although nothing else is sent.
  async look(isAtEnd = false) {
    if (this.isOver && !isAtEnd) return false;
    const before = this.sheet.revision;
    const reply = await ask(this.url, { headers: { Accept: "application/json" } });
    if (reply.status === 410) {
      this.isOver = true;
      this.on.over();
      return true;
    }
    if (reply.status === 0) return null; // no line
    if (reply.status !== 200 || !reply.body || !Number.isInteger(reply.body.revision)) return false;
    this.hear(reply);
    if (!this.isBusy && before === this.sheet.revision && reply.body.revision > this.sheet.revision) {
      this.on.merged(this.sheet.rebase(reply.body));
      this.kick();
    }
    return true;
  }

  // Added time and announcements come with these: a lost one, or one that a save stood in the way of, is soon made up.
  lookLater(missed = 0) {
    const wait = missed ? Math.min(LOOK_EVERY, 1500 * 2 ** missed) : LOOK_EVERY;
    setTimeout(async () => {
      const isDone = document.visibilityState !== "visible" || (!this.isBusy && await this.look());
      if (!this.isOver) this.lookLater(isDone ? 0 : missed + 1);
    }, wait * (0.8 + Math.random() * 0.4));
  }
}
