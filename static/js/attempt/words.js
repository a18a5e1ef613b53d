// A typed prediction read back, so that a nought too many is seen: 1250 is "một nghìn hai trăm năm mươi".

const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
const SCALES = ["", " nghìn", " triệu", " tỷ"];

function underThousand(n, isFirst) {
  const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
  const words = [];
  if (hundreds || !isFirst) words.push(`${DIGITS[hundreds]} trăm`);
  if (tens === 0 && ones && words.length) words.push("linh");
  if (tens === 1) words.push("mười");
  if (tens > 1) words.push(`${DIGITS[tens]} mươi`);
  if (ones === 1 && tens > 1) words.push("mốt");
  else if (ones === 5 && tens > 0) words.push("lăm");
  else if (ones) words.push(DIGITS[ones]);
  return words.join(" ");
}

export function numberInWords(n) {
  if (n === 0) return DIGITS[0];
  const groups = [];
  for (let rest = n; rest > 0; rest = Math.floor(rest / 1000)) groups.push(rest % 1000);
  const words = [];
  for (let i = groups.length - 1; i >= 0; i -= 1) {
    if (groups[i]) words.push(underThousand(groups[i], i === groups.length - 1) + SCALES[i]);
  }
  return words.join(" ");
}

function grouped(digits) {
  return digits.replace(/\B(?=(\d{3})+$)/g, ".");
}

// { number, words } of what was typed as the server will read it, or null where it is no number. Without decimals a
// point, comma or space can only separate thousands; with decimals the first point or comma is the decimal mark.
export function readNumber(text, decimals) {
  const typed = text.trim().replace(/%$/, "").trim();
  if (!decimals) {
    const digits = /^\d{1,3}([., ]\d{3})+$/.test(typed) ? typed.replace(/[., ]/g, "") : typed;
    if (!/^\d{1,12}$/.test(digits)) return null;
    const value = Number(digits);
    return { number: grouped(String(value)), words: value < 1e12 ? numberInWords(value) : "" };
  }
  const match = /^(\d{1,9})(?:[.,](\d+))?$/.exec(typed);
  if (!match || (match[2] || "").length > decimals) return null;
  const whole = String(Number(match[1]));
  return { number: match[2] ? `${grouped(whole)},${match[2]}` : grouped(whole), words: "" };
}
