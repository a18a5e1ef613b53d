// Time left, by the server's word only. Each reply says how much is left; it was true at some moment between sending
// and hearing, which bounds the deadline on this page's own running time (performance.now). The phone's clock is never
// asked for the time; a jump of it only tells that the phone may have slept, and then the server is asked again.

const SLEEP = 2000;

// When the page itself was made: between the request and the first byte.
function pageSpan() {
  const [entry] = performance.getEntriesByType("navigation");
  if (!entry || !entry.responseStart) return [0, performance.now()];
  return [entry.requestStart, entry.responseStart];
}

export class Clock {
  constructor(remaining, span = pageSpan()) {
    this.isPaused = false;
    this.hear(remaining, ...span);
    this.watchSleep();
  }

  // The server said `remaining` ms to a request sent at `sent` and heard at `heard`. Returns by how much the deadline
  // was moved, 0 where it was not.
  hear(remaining, sent, heard) {
    const low = sent + remaining;
    const high = heard + remaining;
    // No overlap with what was known: the deadline was moved, or the page's time stood still. The newest word counts.
    if (this.low === undefined || low > this.high || high < this.low) {
      const moved = this.low === undefined ? 0 : low - this.low;
      this.low = low;
      this.high = high;
      return moved;
    }
    this.low = Math.max(this.low, low);
    this.high = Math.min(this.high, high);
    return 0;
  }

  get remaining() {
    return Math.max(0, (this.low + this.high) / 2 - performance.now());
  }

  // Some phones stop performance.now while they sleep. `onSleep` is called when both clocks disagree on what passed.
  watchSleep() {
    this.wall = Date.now() - performance.now();
  }

  hasSlept() {
    const wall = Date.now() - performance.now();
    const hasJumped = Math.abs(wall - this.wall) > SLEEP;
    this.wall = wall;
    return hasJumped;
  }
}

// 09:42, or 1:02:03 from one hour on. Rounded up, so that 00:00 means that nothing is left.
export function clockText(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

// 14:02:31 in the contest's zone ("+0700") whatever the phone's zone is.
export function timeOfDay(iso, zone) {
  const minutes = (zone[0] === "-" ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5)));
  return new Date(Date.parse(iso) + minutes * 60000).toISOString().slice(11, 19);
}
