// What lets the attempt be opened again without a connection: the page as it came with all it needs, in Cache Storage
// under "paper", and the time left, in local storage; both until the attempt is over. The worker brings the page back,
// see worker/worker.js. Only ever one paper, and none where the browser or the server wants none.

import { keep, recall } from "./habits.js";

const NAME = "paper";
const SOON = 1500;
const root = document.documentElement;

// Whether this page is such a copy: what it knows of the server's sheet and of the time is old.
export const isCopy = root.hasAttribute("data-kept");

const keptAs = (code) => `attempt:${code}:time`;

export function keepTime(code, left, savedAt) {
  keep(keptAs(code), JSON.stringify({ at: Date.now(), left, savedAt }));
}

// What a copy shows until the server is heard: the time left by the phone's clock, where one that was put back gives
// nothing, and the last save.
export function recallTime({ code, remaining_ms, saved_at }) {
  try {
    const { at, left, savedAt } = JSON.parse(recall(keptAs(code)));
    return { left: Math.max(0, left - Math.max(0, Date.now() - at)), savedAt };
  } catch (nothing) {
    return { left: remaining_ms, savedAt: saved_at };
  }
}

// Called before scripts change the page: the copy is what the server sent.
export function keepPage({ urls, worker }) {
  if (isCopy || !("serviceWorker" in navigator) || !("caches" in window)) return;
  const page = root.cloneNode(true);
  page.setAttribute("data-kept", "");
  const html = `<!doctype html>\n${page.outerHTML}`;
  const start = worker ? () => store(urls.page, html).then(() => navigator.serviceWorker.register(worker)) : forgetAll;
  addEventListener("load", () => {
    setTimeout(() => start().catch(() => {}), SOON); // no room, or refused: the attempt goes on without
  }, { once: true });
}

async function store(url, html) {
  await forgetPage(); // a former attempt's
  const cache = await caches.open(NAME);
  const linked = [...document.querySelectorAll('link[rel="stylesheet"], script[src]')].map((one) => one.href || one.src);
  // From the browser's own cache: they were just fetched.
  await cache.addAll([...linked, document.querySelector("use").href.baseVal.split("#")[0]]);
  await cache.put(url, new Response(html));
  for (const image of document.querySelectorAll('img[src^="/pictures/"]')) keepPicture(cache, image);
}

// Each when it is there; see pictures.js.
function keepPicture(cache, image) {
  const add = () => cache.add(image.src).catch(() => {});
  if (image.complete && image.naturalWidth) add();
  else image.addEventListener("load", add, { once: true });
}

export async function forgetPage() {
  if ("caches" in window) await caches.delete(NAME);
}

// The server wants no worker any more.
async function forgetAll() {
  const [workers, names] = await Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()]);
  await Promise.all([...workers.map((one) => one.unregister()), ...names.map((name) => caches.delete(name))]);
}
