// Between the browser and the network, for three things and no others: a page that says that there is no connection,
// the running paper that the attempt's page has kept, and files whose names change with their content. Everything
// else goes to the network untouched, so that no board, result or personal page is ever old. In front of this stands
// what the server knows: VERSION, OFFLINE (the page without a connection), FILES (what it needs) and HEADERS.

const PAPER = "paper"; // written by the attempt's page, see attempt/keeping.js
const SHELL = `shell-${VERSION}`;
const PATIENCE = 10000;
const SETTLED = [200, 404, 410];

addEventListener("install", (event) => {
  const fill = async () => {
    const shell = await caches.open(SHELL);
    await shell.addAll([OFFLINE, ...FILES]);
    await skipWaiting();
  };
  event.waitUntil(fill());
});

addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== PAPER && name !== SHELL).map((name) => caches.delete(name)));
    // Pages are asked for while this script is still being started: it costs them no time.
    if (registration.navigationPreload) await registration.navigationPreload.enable();
  };
  event.waitUntil(tidy());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") {
    const fresh = Promise.resolve(event.preloadResponse).then((early) => early || fetch(request));
    event.waitUntil(fresh.catch(() => {}));
    event.respondWith(navigate(request, fresh));
  } else if (/^\/(static|pictures)\//.test(url.pathname)) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request)));
  }
});

// The network first, always. The kept paper stands in where nothing comes, and says itself that it is a copy.
async function navigate(request, fresh) {
  const paper = await caches.open(PAPER);
  const kept = await paper.match(request, { ignoreSearch: true });
  try {
    const reply = await (kept ? Promise.race([fresh, tooLong()]) : fresh);
    if (kept && reply.status >= 500) return asSent(kept);
    // A running paper names itself. Where anything else stands now, the copy has had its day.
    if (kept && SETTLED.includes(reply.status) && !reply.headers.has("X-Running-Paper")) await caches.delete(PAPER);
    return reply;
  } catch (lost) {
    return kept ? asSent(kept) : caches.match(OFFLINE);
  }
}

// Under the same headers as from the server, its content policy among them.
async function asSent(kept) {
  return new Response(await kept.blob(), { headers: Object.assign({ "Content-Type": "text/html; charset=utf-8" }, HEADERS) });
}

function tooLong() {
  return new Promise((_, refuse) => {
    setTimeout(() => refuse(new Error("no answer")), PATIENCE);
  });
}
