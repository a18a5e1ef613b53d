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
    // The server remembers it for the next page; without a connection this page knows it all the same.
    fetch(`${this.data.urls.sheet}?questions=${encodeURIComponent(tag)}`, { credentials: "same-origin" }).catch(() => {});
  }
}
