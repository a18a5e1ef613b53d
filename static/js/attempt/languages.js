// The questions in another language, without leaving the page: texts change in their places, ticks stay.

export class Languages {
  constructor({ data, say, onLeave }) {
    Object.assign(this, { data, say, onLeave });
    this.buttons = [...document.querySelectorAll("[data-languages] button")];
    if (!this.buttons.length) return;
    // The page's own texts, to come back to.
    this.sections = [...document.querySelectorAll(".th-q[data-place]")].filter((one) => Number(one.dataset.place) <= data.total);
    this.home = this.sections.map((section) => {
      const places = this.places(section);
      return [places[0].lang, ...places.map((one) => one.textContent)];
    });
    for (const button of this.buttons) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        this.choose(button);
      });
    }
  }

  // Where the texts of a question stand: its wording, then its choices.
  places(section) {
    return [...section.querySelectorAll(".th-qtext, .th-opt > [lang]")];
  }

  choose(button) {
    if (button.getAttribute("aria-pressed") === "true") return;
    const tag = button.lang;
    const texts = this.data.wordings[tag];
    const isHere = tag === this.data.questions_in;
    if (!isHere && !texts) {
      this.onLeave(button.dataset.url); // too much text for one page
      return;
    }
    this.sections.forEach((section, i) => {
      const [lang, ...wording] = (!isHere && texts[i]) || this.home[i];
      this.places(section).forEach((place, n) => {
        place.lang = lang;
        place.textContent = wording[n];
      });
    });
    for (const one of this.buttons) one.setAttribute("aria-pressed", String(one === button));
    this.say(this.data.texts.inLanguage.replace("{language}", button.textContent));
    this.remember(tag);
  }

  // The server shows the next page in it too; without a connection it hears of it later.
  remember(tag) {
    const address = `${this.data.urls.sheet}?questions=${encodeURIComponent(tag)}`;
    fetch(address, { credentials: "same-origin" }).catch(() => {
      addEventListener("online", () => this.remember(this.chosen()), { once: true });
    });
  }

  chosen() {
    return this.buttons.find((one) => one.getAttribute("aria-pressed") === "true").lang;
  }
}
