const CODE = new RegExp(
  [
    String.raw`^\s*(?:[@#)\]}]|(?:def|class)\s+\w+|import\s+\w|from\s+[\w.]+\s+import\b)`,
    String.raw`^\s*(?:pass|break|continue)\s*(?:#.*)?$`,
    String.raw`^\s*(?:if|elif|else|for|while|with|try|except|finally|async)\b.*:\s*(?:#.*)?$`,
    String.raw`^\s*(?:return|raise|yield|assert|del)\b`,
    String.raw`^\s*[\w.]+(?:\[[^\]]*\])?(?:\s*,\s*[\w.]+)*\s*(?:[-+*\/%&|^@]|\/\/|\*\*)?=(?!=)`,
    String.raw`^\s*[\w.]+\(`,
  ].join("|"),
);
const PROSE = /^\s*(?:[A-Za-z]\w*[,:;]?\s+[A-Za-z(]|.*\.\s*$)/;

/**
 * Which of the triple quotes `quote` opens a string by mistake, when the last string of a text does not end. Every
 * second stretch between the quotes is a string, and the stray one turns that around for all that follow: it is the one
 * that makes the code look most like code and the strings least. Offset of its first character.
 */
export function findStray(text: string, quote: string): number | undefined {
  const places = findQuotes(text, quote);
  if (places.length === 0) return undefined;
  const scores = stretches(text, places).map(codeLikeness);
  const after = alternatingSums(scores);
  let before = 0;
  let best = Number.NEGATIVE_INFINITY;
  let stray = 0;
  for (let k = 0; k < places.length; k++) {
    before += (k % 2 === 0 ? 1 : -1) * (scores[k] ?? 0);
    if (k % 2 === 1) continue;
    const total = before + (after[k + 1] ?? 0);
    if (total < best) continue;
    best = total;
    stray = k;
  }
  return places[stray];
}

function findQuotes(text: string, quote: string): number[] {
  const places: number[] = [];
  let at = text.indexOf(quote);
  while (at >= 0) {
    if (text[at - 1] !== "\\") places.push(at);
    at = text.indexOf(quote, at + 3);
  }
  return places;
}

function stretches(text: string, places: readonly number[]): string[] {
  const pieces = [text.slice(0, places[0])];
  for (const [index, place] of places.entries()) pieces.push(text.slice(place + 3, places[index + 1]));
  return pieces;
}

/** `sums[i]` is s[i] − s[i+1] + s[i+2] − … */
function alternatingSums(scores: readonly number[]): number[] {
  const sums = scores.map(() => 0);
  for (let i = scores.length - 1; i >= 0; i--) sums[i] = (scores[i] ?? 0) - (sums[i + 1] ?? 0);
  return sums;
}

/** Lines that look like code less those that look like prose. */
function codeLikeness(stretch: string): number {
  let score = 0;
  for (const line of stretch.split(/\r\n|\n|\r/)) {
    if (CODE.test(line)) score++;
    else if (PROSE.test(line)) score--;
  }
  return score;
}
