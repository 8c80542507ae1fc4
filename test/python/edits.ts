const SNIPPETS = [
  ..."()[]{}'\"\\#:;,.=\n\n\n \t@x1é",
  '"""',
  "'''",
  'f"',
  "{x",
  "\r\n",
  "\r",
  "\f",
  "    ",
  "def f(",
  "if x:\n",
];
const LINES = [
  "x = Dense(\n",
  "    return x\n",
  "else:\n",
  "@dec\n",
  "class A:\n",
  "y = 1\n",
  "  except:\n",
  "x = [\n",
  "case 1:\n",
];

/** One edit as a person or a tool might make it. */
export function edited(text: string, random: () => number): string {
  const at = Math.floor(random() * (text.length + 1));
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const nextLine = (text.indexOf("\n", at) + 1 || text.length + 1) - 0;
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
  const kind = random();
  if (kind < 0.35) return text.slice(0, at) + pick(SNIPPETS) + text.slice(at);
  if (kind < 0.6) return text.slice(0, at) + text.slice(at + 1);
  if (kind < 0.7) return text.slice(0, at) + text.slice(at + Math.floor(random() * 60));
  if (kind < 0.8) return text.slice(0, lineStart) + text.slice(nextLine);
  if (kind < 0.9) return text.slice(0, lineStart) + pick(LINES) + text.slice(lineStart);
  const line = text.slice(lineStart, nextLine);
  return text.slice(0, lineStart) + (random() < 0.5 ? `    ${line}` : line.replace(/^\s+/, "")) + text.slice(nextLine);
}
