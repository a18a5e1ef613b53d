// The page of a result names its attempt: the server has it, so the copy kept on this device goes.

export function forgetFinishedAttempts() {
  for (const element of document.querySelectorAll("[data-finished-attempt]")) {
    try {
      localStorage.removeItem(`attempt:${element.dataset.finishedAttempt}`);
      localStorage.removeItem(`attempt:${element.dataset.finishedAttempt}:clock`);
    } catch (refused) {
      // No storage, nothing kept.
    }
  }
}
