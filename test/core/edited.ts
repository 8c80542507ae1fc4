/** Edits as people make them: a digit, a line away, a line twice, a line moved, a character lost. */
export function edited(text: string, next: () => number): string {
  const lines = text.split("\n");
  const at = Math.floor(next() * lines.length);
  const kind = Math.floor(next() * 5);
  if (kind === 0)
    return text.replace(/\d+/g, (digits) => (next() < 0.05 ? String(Math.floor(next() * 64) + 1) : digits));
  if (kind === 1) return lines.toSpliced(at, 1).join("\n");
  if (kind === 2) return lines.toSpliced(at, 0, lines[at] ?? "").join("\n");
  if (kind === 3) return lines.toSpliced(at, 0, "", "unused = [1, 2, 3]").join("\n");
  const offset = Math.floor(next() * text.length);
  return text.slice(0, offset) + text.slice(offset + 1);
}
