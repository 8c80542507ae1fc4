import { type Scan, scanAll } from "../../core/python/scan.ts";
import { CLAUSE_WORDS } from "../../core/python/words.ts";

/** One moment of writing: the text as the editor has it, and the part of it that is being written. */
export interface Step {
  readonly text: string;
  /** Offsets in `text`: what is at hand, from the beginning of its logical line. Nothing else is touched. */
  readonly start: number;
  readonly end: number;
  /** Where the statement ends that `start` begins: with its block, if the line at hand is the header of one. */
  readonly whole: number;
  /** What stands behind `end` stands so much further on in the finished file; in typing at the end, nothing does. */
  readonly shift: number;
}

export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Where the statement ends that begins here. */
  readonly whole: number;
  readonly indent: number;
  readonly opensBlock: boolean;
}

/** The logical lines of a text that is whole. */
export function piecesOf(text: string): readonly Piece[] {
  const { lines }: Scan = scanAll(text);
  const written = lines.filter((line) => !line.isEmpty);
  return written.map((line, index) => {
    const { start, end, indent, opensBlock } = line;
    return { start, end, whole: wholeEnd(written, index), indent, opensBlock };
  });
}

/** A header takes its block and its clauses with it, a decorator what it decorates. */
function wholeEnd(lines: Scan["lines"], index: number): number {
  const first = lines[index];
  if (first === undefined) return 0;
  let last = index;
  while (lines[last]?.head === "@") last++;
  const isClause = CLAUSE_WORDS.has(first.head);
  for (let next = lines[last + 1]; next !== undefined; next = lines[last + 1]) {
    const belongs = next.indent === first.indent && CLAUSE_WORDS.has(next.head) && !isClause;
    if (next.indent <= first.indent && !belongs) break;
    last++;
  }
  return lines[last]?.end ?? first.end;
}

/** From an empty file to the whole one, character by character. */
export function* typed(text: string, every = 1, closing = false): Generator<Step> {
  const pieces = piecesOf(text);
  for (let at = 1; at <= text.length; at++) {
    if (at % every !== 0 && at !== text.length) continue;
    const piece = pieces.findLast((it) => it.start < at);
    const begun = text.slice(0, at) + (closing ? closers(text, piece?.start ?? 0, at) : "");
    // Behind the end of a line it is finished, and what follows is white space or a comment.
    const start = piece === undefined || at > piece.end ? at : piece.start;
    yield { text: begun, start, end: begun.length, whole: begun.length, shift: 0 };
  }
}

/** Each logical line in turn is written anew in the finished file, forwards or by deleting it from its end. */
export function* rewritten(text: string, every = 1, closing = false, back = false): Generator<Step> {
  for (const { start, end, whole } of piecesOf(text)) {
    const length = end - start;
    // Without its header a block is another text, not a broken one.
    for (let i = whole > end ? 1 : 0; i <= length; i++) {
      if (i % every !== 0 && i !== length) continue;
      const at = start + (back ? length - i : i);
      const begun = text.slice(start, at) + (closing ? closers(text, start, at) : "");
      const now = start + begun.length;
      const shift = end - now;
      yield { text: text.slice(0, start) + begun + text.slice(end), start, end: now, whole: whole - shift, shift };
    }
  }
}

/** New lines are written above each line of the finished file: `written`, character by character. */
export function* inserted(text: string, written: readonly string[], every = 1, closing = false): Generator<Step> {
  let turn = 0;
  for (const { start, indent } of piecesOf(text)) {
    const line = written[turn++ % written.length] ?? "";
    for (let at = 1; at <= line.length; at++) {
      if (at % every !== 0) continue;
      const begun = line.slice(0, at) + (closing ? closers(line, 0, at) : "");
      const fresh = `${begun}\n${" ".repeat(indent)}`;
      yield {
        text: text.slice(0, start) + fresh + text.slice(start),
        start,
        end: start + fresh.length,
        whole: start + fresh.length,
        shift: -fresh.length,
      };
    }
  }
}

/** Headers whose bodies are not written yet: each block of the finished file is cut down to its first line. */
export function* headless(text: string): Generator<Step> {
  const pieces = piecesOf(text);
  for (const [index, piece] of pieces.entries()) {
    if (!piece.opensBlock) continue;
    let last = index;
    while ((pieces[last + 1]?.indent ?? -1) > piece.indent) last++;
    const end = pieces[last]?.end ?? piece.end;
    for (const kept of [piece.end, piece.end - 1]) {
      const now = text.slice(0, kept) + text.slice(end);
      yield { text: now, start: piece.start, end: kept, whole: kept, shift: end - kept };
    }
  }
}

const PAIRS: ReadonlyMap<string, string> = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

/**
 * What an editor has put behind the cursor by itself: the closing brackets and the quote of what is open from `from` to
 * `at`; on a line of their own where the bracket was the last character of another line.
 */
export function closers(text: string, from: number, at: number): string {
  const open: { readonly close: string; readonly at: number }[] = [];
  for (let i = from; i < at; i++) {
    const character = text[i] ?? "";
    const top = open.at(-1);
    const inString = top !== undefined && /["']/.test(top.close);
    if (inString) {
      if (character === "\\") i++;
      else if (text.startsWith(top.close, i) && i + top.close.length <= at) {
        open.pop();
        i += top.close.length - 1;
      }
    } else if (character === "#") i = lineEnd(text, i, at);
    else if (/["']/.test(character)) {
      const close = text.startsWith(character.repeat(3), i) && i + 3 <= at ? character.repeat(3) : character;
      open.push({ close, at: i });
      i += close.length - 1;
    } else if (PAIRS.has(character)) open.push({ close: PAIRS.get(character) ?? "", at: i });
    else if (character === top?.close) open.pop();
  }
  return open
    .reverse()
    .map(({ close, at: opened }) => {
      const hanging = /^[ \t]*\n/.test(text.slice(opened + 1)) && text.slice(opened, at).includes("\n");
      const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf("\n", opened) + 1))?.[0] ?? "";
      return hanging ? `\n${indent}${close}` : close;
    })
    .join("");
}

function lineEnd(text: string, from: number, end: number): number {
  const newline = text.indexOf("\n", from);
  return newline < 0 || newline > end ? end : newline;
}
