// The editor of a question: rows of choices, checks while typing, passages. Every button also works without this.
import { fold } from "../folding.js";
import { enablePassages } from "./passages.js";

const LETTERS = "ABCDEFGH";
const PAUSE = 700;

class Choices {
  constructor(form) {
    this.form = form;
    this.rows = form.querySelector("[data-rows]");
    this.mores = form.querySelector("[data-mores]");
    this.kind = form.querySelector("[data-kind]");
    this.said = form.querySelector("[data-said]");
    this.add = form.querySelector('[data-do="add"]');
    form.addEventListener("click", (event) => this.click(event));
    form.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("change", () => this.draw());
    this.kind.addEventListener("change", () => this.switchKind());
    this.draw();
  }

  parts(place) {
    const found = {};
    for (const list of [this.rows, this.mores]) {
      for (const field of list.children[place].querySelectorAll("[data-part]")) found[field.dataset.part] = field;
    }
    return found;
  }

  click(event) {
    const button = event.target.closest("[data-do]");
    if (!button || !["add", "remove", "up", "down"].includes(button.dataset.do)) return;
    event.preventDefault();
    const list = button.closest("[data-mores]") ? this.mores : this.rows;
    const place = [...list.children].findIndex((row) => row.contains(button));
    if (button.dataset.do === "add") this.addRow();
    else if (button.dataset.do === "remove") this.remove(place);
    else this.move(place, button.dataset.do === "up" ? -1 : 1, button.dataset.do);
    this.form.dispatchEvent(new Event("input"));
  }

  // Enter goes on to the next choice; Alt with an arrow moves the choice.
  key(event) {
    if (event.isComposing) return;
    const row = event.target.closest("[data-row]");
    const isText = row && event.target.dataset.part === "text";
    const place = row ? [...this.rows.children].indexOf(row) : -1;
    if (isText && event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      const by = event.key === "ArrowUp" ? -1 : 1;
      if (this.move(place, by, "")) this.parts(place + by).text.focus();
    } else if (isText && event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (place + 1 < this.rows.children.length) this.parts(place + 1).text.focus();
      else this.addRow();
    } else if (event.key === "Enter" && event.target.matches("input:not([type=file])")) {
      event.preventDefault(); // a field in the middle of the form does not save it
    }
  }

  addRow() {
    const place = this.rows.children.length;
    if (place >= LETTERS.length) return;
    const slot = this.freeSlot();
    for (const [list, name] of [[this.rows, "row"], [this.mores, "more"]]) {
      const template = this.form.querySelector(`[data-${name}-template]`);
      const holder = document.createElement("template");
      holder.innerHTML = template.innerHTML.replaceAll("__n__", place).replaceAll("__l__", LETTERS[place]).replaceAll("__s__", slot);
      list.append(...holder.content.children);
    }
    this.switchKind();
    this.draw();
    this.parts(place).text.focus();
  }

  freeSlot() {
    const slots = [...this.rows.children].map((_, place) => Number(this.parts(place).slot.value));
    return Math.max(LETTERS.length - 1, ...slots) + 1;
  }

  // The rows stay where they are; what is in them moves.
  swap(a, b) {
    const [one, other] = [this.parts(a), this.parts(b)];
    for (const name of Object.keys(one)) {
      const property = name === "right" || name === "pinned" ? "checked" : "value";
      const [first, second] = [one[name][property], other[name][property]];
      if (name === "right" && one[name].type === "radio" && first !== second) {
        (first ? other : one)[name].checked = true;
      } else {
        one[name][property] = second;
        other[name][property] = first;
      }
    }
  }

  move(place, by, back) {
    const other = place + by;
    if (other < 0 || other >= this.rows.children.length) return false;
    this.swap(place, other);
    this.draw();
    if (back) this.mores.children[other].querySelector(`[data-do="${back}"]`).focus();
    this.say("moved", LETTERS[other]);
    return true;
  }

  remove(place) {
    const last = this.rows.children.length - 1;
    for (let at = place; at < last; at += 1) this.swap(at, at + 1);
    if (last < 2) {
      const parts = this.parts(last);
      for (const name of ["text", "feedback", "weight"]) parts[name].value = "";
      parts.right.checked = parts.pinned.checked = false;
      parts.slot.value = this.freeSlot();
    } else {
      this.rows.lastElementChild.remove();
      this.mores.lastElementChild.remove();
    }
    this.draw();
    this.parts(Math.min(place, this.rows.children.length - 1)).text.focus();
    this.say("removed", LETTERS[place]);
  }

  switchKind() {
    const type = this.kind.value === "multiple" ? "checkbox" : "radio";
    let seen = false;
    for (const [place] of [...this.rows.children].entries()) {
      const { right } = this.parts(place);
      const was = right.checked && !(type === "radio" && seen);
      right.type = type;
      right.checked = was;
      seen = seen || was;
    }
    this.draw();
  }

  draw() {
    const slots = [];
    for (const [place, row] of [...this.rows.children].entries()) {
      const parts = this.parts(place);
      row.classList.toggle("is-key", parts.right.checked);
      slots.push([parts.slot.value, LETTERS[place]]);
    }
    this.add.hidden = slots.length >= LETTERS.length;
    for (const select of this.form.querySelectorAll("[data-slots]")) this.drawSlots(select, slots);
  }

  // A picture stays with its choice when the choice moves.
  drawSlots(select, slots) {
    const chosen = select.value;
    const words = select.dataset.words || (select.dataset.words = select.options[1].textContent.replace(/\S+$/, "{n}"));
    const options = slots.map(([slot, letter]) => new Option(words.replace("{n}", letter), slot));
    while (select.options.length > 1) select.remove(1);
    select.append(...options);
    select.value = slots.some(([slot]) => slot === chosen) ? chosen : "";
  }

  say(name, letter) {
    this.said.textContent = this.said.dataset[name].replace("{n}", letter);
  }
}

// The server judges what stands in the form, so that page and script never disagree.
function enableChecks(form) {
  const card = document.querySelector("[data-checks-url]");
  if (!card || !card.dataset.checksUrl) return;
  let timer = 0;
  let last = 0;
  const check = async () => {
    const turn = (last += 1);
    const sent = new FormData(form);
    sent.delete("picture");
    try {
      const reply = await fetch(card.dataset.checksUrl, { method: "POST", body: sent, headers: { "X-CSRFToken": sent.get("csrf_token") } });
      if (!reply.ok || turn !== last) return;
      const made = new DOMParser().parseFromString(await reply.text(), "text/html");
      card.querySelector("[data-checks]").replaceWith(made.querySelector("[data-checks]"));
    } catch {
      // No network: the card stays as it was, and saving judges anyway.
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
}

function enableOthers(form) {
  for (const box of form.querySelectorAll("[data-other]")) {
    const [select, field] = [box.querySelector("select"), box.querySelector("[data-other-field]")];
    const show = () => {
      field.hidden = select.value !== "+" && !field.querySelector("input").value;
    };
    select.addEventListener("change", () => {
      if (select.value !== "+") field.querySelector("input").value = "";
      show();
      if (select.value === "+") field.querySelector("input").focus();
    });
    show();
  }
}

function warnUnsaved(form) {
  let isChanged = false;
  form.addEventListener("input", () => {
    isChanged = true;
  });
  form.addEventListener("submit", () => {
    isChanged = false;
  });
  addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
}

const form = document.querySelector("form[data-editor]");
if (form) {
  new Choices(form);
  enableOthers(form);
  enablePassages(form, fold);
  enableChecks(form);
  warnUnsaved(form);
}
