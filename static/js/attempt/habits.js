// How the page is liked on this device: the clock hidden, letter keys off. Without storage it holds until the reload.

export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch (refused) {
    return null;
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch (refused) {
    // It holds until the reload.
  }
}
