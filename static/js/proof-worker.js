// ALTCHA, protocol 2, PBKDF2: which counter after the nonce gives a key that begins with the prefix?
const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const MOST = 10000; // whoever is asked for more was given a challenge that is not ours

async function solve({ nonce, salt, cost, keyLength, keyPrefix }) {
  const start = bytes(nonce);
  const password = new Uint8Array(start.length + 4);
  password.set(start);
  const counters = new DataView(password.buffer);
  const rounds = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost };
  for (let counter = 0; counter < MOST; counter += 1) {
    counters.setUint32(start.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derivedKey = hex(await crypto.subtle.deriveBits(rounds, key, keyLength * 8));
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
  }
  return null;
}

self.addEventListener("message", ({ data }) => {
  solve(data).then((found) => self.postMessage(found), () => self.postMessage(null));
});
