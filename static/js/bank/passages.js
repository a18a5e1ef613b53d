// Choosing the passage that a question cites, while typing.
const PAUSE = 300;

export function enablePassages(form, fold) {
  const box = form.querySelector("[data-passages]");
  const words = form.elements.passage_words;
  const address = form.querySelector("[data-passage]");
  const cited = form.querySelector("[data-cited]");
  const list = form.querySelector("[data-passage-list]");
  const status = form.querySelector("[data-passage-status]");
  let found = [];
  let timer = 0;
  let last = 0;

  function item(one) {
    const [entry, button, title, heading, text] = ["li", "button", "b", "small", "span"].map((tag) => document.createElement(tag));
    button.type = "button";
    button.className = "btn btn-outline-secondary";
    button.dataset.address = one.address;
    title.textContent = `${one.document}, ${box.dataset.partWords.replace("{n}", one.mark)}`;
    heading.textContent = one.heading;
    text.className = "words";
    text.textContent = one.text.length > 280 ? `${one.text.slice(0, 280)}…` : one.text;
    button.append(title, heading, text);
    entry.append(button);
    return entry;
  }

  async function search() {
    const turn = (last += 1);
    if (!fold(words.value)) {
      list.textContent = status.textContent = "";
      return;
    }
    try {
      const reply = await fetch(`${box.dataset.passages}?q=${encodeURIComponent(words.value)}`);
      if (!reply.ok || turn !== last) return;
      found = (await reply.json()).passages.slice(0, 8);
    } catch {
      return; // no network: the button asks the server once more
    }
    list.replaceChildren(...found.map(item));
    status.textContent = found.length ? box.dataset.found.replace("{n}", found.length) : box.dataset.none;
  }

  function choose(one) {
    address.value = one.address;
    cited.querySelector("[data-cited-title]").textContent = `${one.document}, ${box.dataset.partWords.replace("{n}", one.mark)}`;
    cited.querySelector("[data-cited-text]").textContent = one.text;
    cited.hidden = false;
    for (const [field, value] of [[form.elements.source, one.document], [form.elements.where, one.heading.slice(0, 300)]]) {
      if (!field.value.trim()) field.value = value;
    }
    words.value = list.textContent = status.textContent = "";
    cited.querySelector("button").focus();
    form.dispatchEvent(new Event("input"));
  }

  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-address], [data-do=uncite], [data-do=find]");
    if (!button) return;
    if (button.dataset.address) {
      choose(found.find((one) => one.address === button.dataset.address));
    } else if (button.dataset.do === "uncite") {
      event.preventDefault();
      address.value = "";
      cited.hidden = true;
      words.focus();
      form.dispatchEvent(new Event("input"));
    } else {
      event.preventDefault();
      search();
    }
  });
}
