/** Python's reserved words; none of them can be a variable. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from " +
    "global if import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

/** Words that begin a statement and can never stand at the start of a line between brackets. */
export const STATEMENT_WORDS: ReadonlySet<string> = new Set(
  ["assert break class continue def del elif except finally global", "import nonlocal pass raise return try while with"]
    .join(" ")
    .split(" "),
);

/** Words that go on with an expression, so an operand must stand before them. */
export const INFIX_WORDS: ReadonlySet<string> = new Set("and as else for if in is or async".split(" "));

/** Words after which an operand is complete. */
export const VALUE_WORDS: ReadonlySet<string> = new Set(["False", "None", "True"]);

/** Words that head a statement with a block; `match` and `case` are words of their own elsewhere. */
export const BLOCK_WORDS: ReadonlySet<string> = new Set(
  "if elif else for while try except finally with def class async".split(" "),
);

/** Words that head a part of a statement that began before. */
export const CLAUSE_WORDS: ReadonlySet<string> = new Set("elif else except finally case".split(" "));

export const TAB_WIDTH = 8;

export function isNewline(code: number): boolean {
  return code === 10 || code === 13;
}

/** Offset after the line break that starts at `at`. */
export function afterNewline(text: string, at: number): number {
  return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
}

export function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isNewline(text.charCodeAt(at))) at++;
  return at;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Anything beyond ASCII counts as a letter here: whether it is one, the parser library decides. */
export function isWordStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 128 && code !== 0xfeff);
}

export function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && (isWordStart(text.charCodeAt(at)) || isDigit(text.charCodeAt(at)))) at++;
  return at;
}

/** How far a line stands in, in columns; a form feed starts over, a tab goes to the next multiple of eight. */
export function columnAfter(column: number, code: number): number {
  if (code === 9) return column + TAB_WIDTH - (column % TAB_WIDTH);
  if (code === 12) return 0;
  return code === 32 ? column + 1 : column;
}

/** Offset after the number that starts at `begin`; letters belong to it (`0x1f`, `2j`), and an exponent's sign. */
export function numberEnd(text: string, begin: number): number {
  const hexadecimal = /^0[xX]/.test(text.slice(begin, begin + 2));
  let at = begin;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code) || isWordStart(code) || code === 46) continue;
    const sign = (code === 43 || code === 45) && !hexadecimal && /[eE]/.test(text[at - 1] ?? "");
    if (!sign) break;
  }
  return at;
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 12 || code === 0xfeff;
}

/** The column of `offset` in the line that starts at `lineStart`, nothing but white space between them. */
export function columnOf(text: string, lineStart: number, offset: number): number {
  let column = 0;
  for (let at = lineStart; at < offset; at++) column = columnAfter(column, text.charCodeAt(at));
  return column;
}
