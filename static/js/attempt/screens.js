// One question a screen over the form that holds them all: showing, moving, the thread above and the map beside.

const LONGEST_FRAME = 80;

// Writing what already stands there costs a slow phone as much as writing something new.
function set(element, name, value) {
  if (element.getAttribute(name) === value) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

// After the frame that shows what the finger did: a slow phone takes as long for the rest as for the choice itself.
// Pages in the background draw no frames, so it does not wait for one for long.
function afterPaint(work) {
  let isDone = false;
  const once = () => {
    if (isDone) return;
    isDone = true;
    work();
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, LONGEST_FRAME);
}

export class Screens {
  constructor({ sheet, total, hasPrediction, texts, onChange }) {
    Object.assign(this, { sheet, total, texts, onChange });
    this.last = total + (hasPrediction ? 1 : 0);
    this.sections = [...document.querySelectorAll(".th-q")];
    this.dots = [...document.querySelectorAll(".th-thread i")];
    this.links = [...document.querySelectorAll(".th-map a")];
    this.root = document.documentElement;
    this.fill();
    this.listen();
    document.body.classList.add("is-playing");
    this.show(this.first(), false);
  }

  // Where to begin: the address's question, else the first without an answer.
  first() {
    const asked = this.sections.find((section) => `#${section.id}` === location.hash);
    if (asked) return Number(asked.dataset.place);
    for (let place = 1; place <= this.total; place += 1) if (!this.sheet.chosen(place).length) return place;
    return this.last;
  }

  // The form's controls as the sheet says: browsers bring back older ticks on their own.
  fill() {
    for (const section of this.sections) {
      const place = Number(section.dataset.place);
      const chosen = this.sheet.chosen(place);
      for (const input of section.querySelectorAll(`[name="q${place}"]`)) input.checked = chosen.includes(Number(input.value));
      const flag = section.querySelector(`[name="f${place}"]`);
      if (flag) flag.checked = this.sheet.now.flags.includes(place);
    }
    const prediction = document.getElementById("prediction");
    if (prediction && document.activeElement !== prediction) prediction.value = this.sheet.now.prediction || "";
  }

  listen() {
    const form = document.getElementById("bai");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("change", (event) => this.changed(event.target));
    form.addEventListener("input", (event) => {
      if (event.target.id !== "prediction") return;
      this.sheet.predict(event.target.value);
      this.onChange("typing");
    });
    document.addEventListener("click", (event) => {
      const step = event.target.closest("[data-go]");
      if (step) this.go(Number(step.dataset.go));
      const link = event.target.closest(".th-map a, .th-jump a");
      if (link) {
        event.preventDefault();
        this.onChange("jump");
        this.show(Number(link.dataset.place || this.placeOf(link)));
      }
    });
  }

  placeOf(link) {
    return this.links.indexOf(link) + 1;
  }

  changed(input) {
    const kind = input.name[0];
    const place = Number(input.name.slice(1));
    if (!place) return;
    if (kind === "f") {
      this.sheet.flag(place, input.checked);
    } else {
      const ticked = document.querySelectorAll(`[name="q${place}"]:checked`);
      this.sheet.choose(place, [...ticked].map((one) => Number(one.value)));
    }
    afterPaint(() => {
      this.draw();
      this.onChange("answer");
    });
  }

  // A key: the choice at that place of the question on the screen.
  press(choice) {
    const input = document.getElementById(`q${this.place}-${choice}`);
    if (!input || input.disabled) return;
    input.focus();
    input.click();
  }

  toggleFlag() {
    const flag = document.getElementById(`f${this.place}`);
    if (flag && !flag.disabled) flag.click();
  }

  go(step) {
    const place = this.place + step;
    if (place >= 1 && place <= this.last) this.show(place);
  }

  show(place, isMoved = true) {
    const section = this.sections[place - 1];
    if (this.place) this.sections[this.place - 1].classList.remove("is-shown");
    section.classList.add("is-shown");
    this.place = place;
    document.body.classList.toggle("is-first", place === 1);
    document.body.classList.toggle("is-end", place === this.last);
    if (!isMoved) {
      this.draw();
      return;
    }
    scrollTo(0, 0);
    section.focus({ preventScroll: true });
    afterPaint(() => {
      this.draw();
      history.replaceState(null, "", `#${section.id}`);
    });
  }

  state(place) {
    const { now } = this.sheet;
    const isAnswered = place > this.total ? Boolean(now.prediction) : this.sheet.chosen(place).length > 0;
    return { isAnswered, isFlagged: now.flags.includes(place), isCurrent: place === this.place };
  }

  get answered() {
    return Object.keys(this.sheet.now.answers).length;
  }

  draw() {
    const { texts, total } = this;
    this.dots.forEach((dot, i) => {
      const { isAnswered, isCurrent } = this.state(i + 1);
      set(dot, "class", isCurrent ? "c" : isAnswered ? "a" : "");
    });
    this.links.forEach((link, i) => {
      const { isAnswered, isFlagged, isCurrent } = this.state(i + 1);
      set(link, "class", [isAnswered ? "a" : "", isFlagged ? "f" : ""].filter(Boolean).join(" "));
      set(link, "aria-current", isCurrent ? "true" : null);
      const words = [i < total ? texts.question.replace("{n}", i + 1) : link.textContent, isAnswered ? texts.isAnswered : texts.isEmpty];
      if (isFlagged) words.push(texts.isFlagged);
      if (isCurrent) words.push(texts.isCurrent);
      set(link, "aria-label", words.join(", "));
    });
    document.querySelector("[data-progress]").textContent = texts.progress.replace("{n}", this.answered).replace("{total}", total);
    document.querySelector("[data-count]").textContent = `${this.answered}/${total}`;
  }

  // Time is over: nothing can be chosen any more.
  lock() {
    for (const input of document.querySelectorAll("#bai input")) {
      if (input.id === "prediction") input.readOnly = true;
      else if (input.type !== "hidden") input.disabled = true;
    }
  }
}
