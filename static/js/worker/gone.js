// The worker of installations that want none (QUIZ_OFFLINE=0): takes the place of an earlier one, removes what that
// one kept, and leaves. Pages that are open stay as they are.

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(() => registration.unregister()));
});
