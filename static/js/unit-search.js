// A select of units becomes a field to type in: without diacritics, by old names, by any words in any order. The
// select stays in the page, hidden, and is what the form sends.
import { fold } from "./folding.js";

const LIMIT = 8;

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function unitsOf(select) {
  return [...select.options].filter((option) => option.value && option.value !== "-").map((option) => ({
    option,
    name: option.textContent,
    note: option.dataset.note || "",
    group: option.parentElement.label || "",
    words: ` ${fold(`${option.textContent} ${option.dataset.note || ""} ${option.dataset.search || ""}`)}`,
    title: fold(option.textContent),
  }));
}

// Best first: the name begins with the words, then the name holds them, then an old name does.
function find(units, typed) {
  const asked = fold(typed);
  if (!asked) return [];
  const words = asked.split(" ");
  const fits = units.filter((unit) => words.every((word) => unit.words.includes(` ${word}`)));
  const rank = (unit) => (unit.title.startsWith(asked) ? 0 : unit.title.includes(asked) ? 1 : unit.words.includes(asked) ? 2 : 3);
  return fits.map((unit) => [rank(unit), unit]).sort((a, b) => a[0] - b[0]).map((pair) => pair[1]);
}

// The words of `text` that were asked for, marked.
function marked(text, typed) {
  const fragment = document.createDocumentFragment();
  const words = fold(typed).split(" ").filter(Boolean);
  for (const piece of text.split(/(\s+)/)) {
    const folded = fold(piece);
    fragment.append(folded && words.some((word) => folded.startsWith(word)) ? make("mark", "", piece) : piece);
  }
  return fragment;
}

function icon(name) {
  const sample = document.querySelector("svg.icon use");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sample.getAttribute("href").split("#")[0]}#${name}`);
  svg.append(use);
  return svg;
}

class UnitPicker {
  constructor(picker) {
    this.picker = picker;
    this.select = picker.querySelector("select");
    this.units = unitsOf(this.select);
    this.active = -1;
    this.shown = [];
    this.build();
    this.listen();
    this.draw();
  }

  build() {
    const { select, picker } = this;
    const id = select.id;
    select.id = `${id}-danh-sach`;
    select.hidden = true;
    this.input = make("input", `form-control${select.classList.contains("is-invalid") ? " is-invalid" : ""}`);
    const attributes = {
      id, type: "text", role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-ket-qua`,
    };
    for (const name of Object.keys(attributes)) this.input.setAttribute(name, attributes[name]);
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
    }
    this.search = make("div", "th-search");
    this.search.append(icon("search"), this.input);
    this.list = make("ul", "th-results");
    this.list.id = `${id}-ket-qua`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", picker.dataset.results);
    this.status = make("p", "form-text");
    this.status.setAttribute("role", "status");
    this.chosen = make("div", "th-chosen");
    this.ways = this.buildWays(id);
    select.after(this.search, this.list, this.status, this.chosen);
    (picker.querySelector(".invalid-feedback") || this.chosen).after(...this.ways);
  }

  // Links under the field: the tree of all units, and "in no unit" where that is allowed.
  buildWays(id) {
    const links = make("p", "th-links");
    const treeButton = make("button", "btn btn-link");
    treeButton.type = "button";
    treeButton.setAttribute("aria-expanded", "false");
    treeButton.setAttribute("aria-controls", `${id}-cay`);
    treeButton.append(icon("tree"), make("span", "", this.picker.dataset.tree));
    this.tree = this.buildTree(id);
    treeButton.addEventListener("click", () => {
      this.tree.hidden = !this.tree.hidden;
      treeButton.setAttribute("aria-expanded", String(!this.tree.hidden));
    });
    links.append(treeButton);
    const outside = [...this.select.options].find((option) => option.value === "-");
    if (outside) {
      const button = make("button", "btn btn-link");
      button.type = "button";
      button.append(icon("person"), make("span", "", outside.textContent));
      button.addEventListener("click", () => this.choose("-"));
      links.append(button);
    }
    return [links, this.tree];
  }

  buildTree(id) {
    const tree = make("div", "th-tree");
    tree.id = `${id}-cay`;
    tree.hidden = true;
    for (const group of this.select.querySelectorAll("optgroup")) {
      const details = make("details");
      const summary = make("summary");
      const label = make("span", "", group.label);
      label.append(make("small", "", this.picker.dataset.count.replace("{n}", group.children.length)));
      summary.append(icon("next"), label);
      const list = make("ul");
      for (const option of group.children) {
        const leaf = make("button", "leaf");
        leaf.type = "button";
        const words = make("span", "", option.textContent);
        if (option.dataset.note) words.append(make("small", "", option.dataset.note));
        leaf.append(words);
        leaf.addEventListener("click", () => this.choose(option.value));
        const item = make("li");
        item.append(leaf);
        list.append(item);
      }
      details.append(summary, list);
      tree.append(details);
    }
    return tree;
  }

  listen() {
    this.input.addEventListener("input", () => this.offer());
    this.input.addEventListener("focus", () => this.offer());
    this.input.addEventListener("keydown", (event) => this.key(event));
    // A press on the list must not take the focus out of the field before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) this.choose(item.dataset.value);
    });
  }

  offer() {
    const found = find(this.units, this.input.value);
    this.shown = found.slice(0, LIMIT);
    this.active = this.shown.length ? 0 : -1;
    const items = this.shown.map((unit, i) => {
      const item = make("li");
      item.id = `${this.list.id}-${i}`;
      item.dataset.value = unit.option.value;
      item.setAttribute("role", "option");
      const words = make("span");
      words.append(marked(unit.name, this.input.value));
      const note = make("small");
      note.append(marked(unit.note || unit.group, this.input.value));
      words.append(note);
      item.append(words, icon("next"));
      return item;
    });
    this.list.textContent = "";
    this.list.append(...items);
    this.mark();
    const isAsked = fold(this.input.value) !== "";
    this.status.textContent = !isAsked ? "" : found.length ? this.picker.dataset.found.replace("{n}", found.length) : this.picker.dataset.none;
    this.list.hidden = !items.length;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
  }

  mark() {
    [...this.list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === this.active)));
    if (this.active >= 0) this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!this.shown.length) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.active = (this.active + step + this.shown.length) % this.shown.length;
      this.mark();
    } else if (event.key === "Enter") {
      // Never sends the form from here: a half-typed name is not a choice.
      event.preventDefault();
      if (this.active >= 0) this.choose(this.shown[this.active].option.value);
    } else if (event.key === "Escape") {
      this.close();
    }
  }

  close() {
    this.shown = [];
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }

  choose(value) {
    this.select.value = value;
    this.tree.hidden = true;
    this.draw();
    if (value) this.chosen.querySelector("button").focus();
    else this.input.focus();
  }

  // Either the field to type in, or what was chosen and a button to choose again.
  draw() {
    this.close();
    const option = this.select.selectedOptions[0];
    const isChosen = Boolean(option && option.value);
    this.search.hidden = isChosen;
    for (const way of this.ways) way.hidden = isChosen || way === this.tree;
    this.chosen.hidden = !isChosen;
    this.chosen.textContent = "";
    if (!isChosen) return;
    const words = make("span");
    words.append(make("b", "", option.textContent));
    if (option.dataset.note) words.append(make("small", "", option.dataset.note));
    const again = make("button", "btn btn-outline-secondary btn-sm", this.picker.dataset.change);
    again.type = "button";
    again.addEventListener("click", () => this.choose(""));
    this.chosen.append(icon(option.value === "-" ? "person" : "building"), words, again);
  }
}

export function enhanceUnitPickers() {
  for (const picker of document.querySelectorAll("[data-unit-picker]")) new UnitPicker(picker);
}
