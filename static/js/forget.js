// The page of a result names its attempt: the server has it, so the copies kept on this device go.

export function forgetFinishedAttempts() {
  for (const element of document.querySelectorAll("[data-finished-attempt]")) {
    const code = element.dataset.finishedAttempt;
    try {
      for (const key of [`attempt:${code}`, `attempt:${code}:clock`, `attempt:${code}:time`]) localStorage.removeItem(key);
    } catch (refused) {
      // No storage, nothing kept.
    }
    if ("caches" in window) caches.delete("paper").catch(() => {});
  }
}
