import { type Before, inHole, inParameters, type Last, mayAssign, provesBroken } from "./evidence.ts";
import { type Frame, skipInString, skipPlainString, stringPrefix } from "./strings.ts";
import {
  afterNewline,
  columnAfter,
  columnOf,
  isBlank,
  isDigit,
  isNewline,
  isWordStart,
  KEYWORDS,
  lineEnd,
  numberEnd,
  VALUE_WORDS,
  wordEnd,
} from "./words.ts";

export interface Comment {
  /** From where the scanning of its line began. */
  readonly offset: number;
  readonly length: number;
}

/** One logical line: what Python reads as one simple statement, several with semicolons, or a compound's header. */
export interface ScannedLine {
  /** Where scanning began: the end of the line before. Blank lines and comments up to `start` belong to this line. */
  readonly from: number;
  /** First and after last significant character; equal at the end of the text, where no statement follows. */
  readonly start: number;
  readonly end: number;
  /** Where the next line's scanning begins. */
  readonly next: number;
  /** The text up to here decided what this line is. */
  readonly reach: number;
  readonly indent: number;
  /** The first word, `@`, or empty. */
  readonly head: string;
  /** The last character outside brackets is a colon: a block follows on lines of its own. */
  readonly opensBlock: boolean;
  /** A colon stands outside brackets. */
  readonly hasColon: boolean;
  /** Why this cannot be a statement, whatever the grammar says. */
  readonly fault: string | undefined;
  /** Scanning met the end of the text inside a triple-quoted string that opened here. */
  readonly openTriple: number | undefined;
  readonly comments: readonly Comment[];
}

/** What scanning several lines of one text shares. */
export interface ScanMemory {
  /** Openers known to be never closed, and what proved it. Without this, many of them would cost their square. */
  readonly doomed: Map<number, { readonly reach: number; readonly reason: string }>;
  /** Triple quotes that open a string by mistake: it ends with their line. */
  readonly strays: ReadonlySet<number>;
}

const MAX_BRACKETS = 100;
const TOO_MANY = "too many nested brackets";
const UNTERMINATED = "unterminated triple-quoted string";
const CLOSERS: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
]);

/**
 * Reads the logical line that begins at `from`, the start of a physical line. A line whose brackets turn out broken
 * ends before the first line inside them that may stand for itself: it starts as a statement does, and stands no
 * further in.
 */
export function scanLine(text: string, from: number, memory: ScanMemory): ScannedLine {
  return new LineScanner(text, from, memory).scan();
}

class LineScanner {
  private readonly text: string;
  private readonly from: number;
  private readonly memory: ScanMemory;
  private readonly frames: Frame[] = [];
  private readonly comments: Comment[] = [];
  private readonly before: Before = { last: "none", previous: "", beforePrevious: "" };
  private at: number;
  private indent = 0;
  private start = 0;
  private end = 0;
  private head = "";
  private reach = 0;
  private fault: string | undefined;
  private openTriple: number | undefined;
  private hasColon = false;
  private opensBlock = false;
  /** Set by a line break between brackets, until the next token. */
  private freshLine: number | undefined;
  private candidate: { readonly at: number; readonly end: number; readonly inString: boolean } | undefined;
  private stopped = false;

  constructor(text: string, from: number, memory: ScanMemory) {
    this.text = text;
    this.from = from;
    this.at = from;
    this.memory = memory;
  }

  scan(): ScannedLine {
    this.skipBlank();
    this.start = this.at;
    this.end = this.at;
    while (!this.stopped && this.at < this.text.length) this.step();
    if (!this.stopped) this.finishAtEnd();
    this.looked();
    if (this.candidate && this.fault) this.goBack(this.candidate);
    if (!this.fault && this.text.slice(this.start, this.end).includes("\0")) this.fault = "null byte in source";
    const { from, start, end, at: next, reach, indent, head, opensBlock, hasColon, fault, openTriple } = this;
    const comments = this.comments.filter((comment) => from + comment.offset < next);
    return { from, start, end, next, reach, indent, head, opensBlock, hasColon, fault, openTriple, comments };
  }

  private goBack(candidate: { readonly at: number; readonly end: number; readonly inString: boolean }): void {
    this.at = candidate.at;
    this.end = candidate.end;
    // From inside a string everything after is read in another way: what was proved does not hold there.
    if (candidate.inString) this.memory.doomed.clear();
  }

  private finishAtEnd(): void {
    this.reach = this.text.length + 1;
    const top = this.frames.at(-1);
    if (!top) return;
    const triple = top.quote.length === 3;
    if (triple) this.openTriple = top.at;
    this.fail(triple ? UNTERMINATED : top.quote === "" ? this.neverClosed() : "unterminated f-string");
  }

  /** Up to the first token of the line: blank lines, comments, indentation. */
  private skipBlank(): void {
    let column = 0;
    while (this.at < this.text.length) {
      const code = this.text.charCodeAt(this.at);
      if (isNewline(code)) {
        this.at = afterNewline(this.text, this.at);
        column = 0;
      } else if (isBlank(code)) {
        column = columnAfter(column, code);
        this.at++;
      } else if (code === 35) this.comment();
      else break;
    }
    this.indent = column;
  }

  private comment(): void {
    const end = lineEnd(this.text, this.at);
    this.comments.push({ offset: this.at - this.from, length: end - this.at });
    this.at = end;
  }

  private step(): void {
    const top = this.frames.at(-1);
    const code = this.text.charCodeAt(this.at);
    if (top && top.quote !== "") this.stringStep(top);
    else if (isNewline(code)) this.newline();
    else if (isBlank(code)) this.at++;
    else if (code === 35) this.comment();
    else if (code === 92 && isNewline(this.text.charCodeAt(this.at + 1)))
      this.at = afterNewline(this.text, this.at + 1);
    else this.token(code);
  }

  private newline(): void {
    this.at = afterNewline(this.text, this.at);
    if (this.frames.length === 0) this.stopped = true;
    else this.freshLine = this.at;
  }

  private token(code: number): void {
    const character = this.text[this.at] ?? "";
    if (code === 34 || code === 39) this.string(this.at, "");
    else if (isWordStart(code)) this.word();
    else if (isDigit(code) || (code === 46 && isDigit(this.text.charCodeAt(this.at + 1)))) this.number();
    else if (CLOSERS.has(character)) this.closer(character);
    else if ("([{".includes(character)) this.opener(character);
    else this.operator(code, character);
  }

  private word(): void {
    const begin = this.at;
    const end = wordEnd(this.text, begin);
    const word = this.text.slice(begin, end);
    const next = this.text.charCodeAt(end);
    if ((next === 34 || next === 39) && stringPrefix(word)) {
      this.string(end, word);
      return;
    }
    const kind = !KEYWORDS.has(word) || VALUE_WORDS.has(word) ? "operand" : "operator";
    if (this.endsBefore(kind, word)) return;
    if (begin === this.start) this.head = word;
    const top = this.frames.at(-1);
    if (word === "lambda" && top) top.lambdas++;
    this.took(end, kind, word);
  }

  private number(): void {
    if (!this.endsBefore("operand", "0")) this.took(numberEnd(this.text, this.at), "operand", "0");
  }

  private string(quoteAt: number, prefix: string): void {
    if (this.endsBefore("string", '"')) return;
    const quote = this.text[quoteAt] ?? "";
    const triple = this.text.startsWith(quote.repeat(3), quoteAt);
    const open = triple ? quote.repeat(3) : quote;
    const stray = triple && this.memory.strays.has(quoteAt);
    if (!stray && /[ft]/i.test(prefix)) {
      this.push(open, open, quoteAt, /r/i.test(prefix));
      this.took(quoteAt + open.length, "string", '"');
      return;
    }
    const end = stray ? undefined : skipPlainString(this.text, quoteAt + open.length, open);
    this.took(end ?? lineEnd(this.text, quoteAt), "string", '"');
    if (end !== undefined) return;
    if (triple && !stray) {
      this.openTriple = quoteAt;
      this.reach = this.text.length + 1;
    }
    this.fail(triple ? UNTERMINATED : "unterminated string");
  }

  private push(open: string, quote: string, at: number, raw: boolean): void {
    this.frames.push({ open, quote, raw, at, lambdas: 0, spec: false });
    if (this.frames.length === MAX_BRACKETS + 1) this.fail(TOO_MANY);
  }

  /** Goes on inside an f-string's text or format specification. */
  private stringStep(frame: Frame): void {
    const stop = skipInString(this.text, this.at, frame);
    this.at = stop.at;
    if (stop.why === "end of text") return;
    if (stop.why === "hole") {
      this.push("{", "", stop.at, false);
      this.took(stop.at + 1, "operator", "{");
      return;
    }
    // A specification goes with its hole; if its line or its string ends first, with the string too.
    const closed = stop.why === "closed";
    this.frames.length -= frame.spec ? (closed ? 2 : 3) : 1;
    this.took(stop.at, "string", '"');
    if (!closed) this.fail("unterminated f-string");
  }

  private opener(character: string): void {
    if (this.endsBefore("operator", character)) return;
    const known = this.memory.doomed.get(this.at);
    this.push(character, "", this.at, false);
    this.took(this.at + 1, "operator", character);
    if (known) {
      this.reach = Math.max(this.reach, known.reach);
      this.fail(known.reason);
    }
  }

  private closer(character: string): void {
    this.freshLine = undefined;
    const opens = CLOSERS.get(character);
    let level = this.frames.length - 1;
    const lowest = Math.max(0, level - MAX_BRACKETS);
    if (this.frames[level]?.open !== opens) {
      while (level >= lowest && this.frames[level]?.open !== opens) level--;
      this.fail(`unmatched '${character}'`);
    }
    if (level >= lowest) this.frames.length = level;
    this.took(this.at + 1, "operand", character);
    if (this.frames.length === 0 && !this.fault) this.candidate = undefined;
  }

  private operator(code: number, character: string): void {
    if (this.endsBefore("operator", character)) return;
    if (code === 64 && this.at === this.start) this.head = "@";
    const two = this.text.slice(this.at, this.at + 2);
    const top = this.frames.at(-1);
    if (character === "." && this.text.startsWith("...", this.at)) this.took(this.at + 3, "operand", "...");
    else if (/^[=!<>]=$/.test(two) || (two === ":=" && !inHole(this.frames))) this.took(this.at + 2, "operator", two);
    else if (character === ":" && top) this.colon(top);
    else {
      const assigns = character === "=" && !mayAssign(this.before, this.frames, this.head);
      this.took(this.at + 1, "operator", character);
      if (assigns) this.fail("'=' between brackets");
      if (character !== ":") return;
      this.hasColon = true;
      this.opensBlock = true;
    }
  }

  /** A colon between brackets: a lambda's, an annotation's, a slice's, a dictionary's, a format specification's. */
  private colon(top: Frame): void {
    this.took(this.at + 1, "operator", ":");
    const outer = this.frames.at(-2);
    if (top.lambdas > 0) top.lambdas--;
    else if (outer && inHole(this.frames)) this.frames.push({ ...outer, lambdas: 0, spec: true });
    else if (top.open === "(" && !inParameters(this.frames, this.head)) this.fail("':' between parentheses");
  }

  private took(end: number, last: Last, token: string): void {
    this.at = end;
    this.end = end;
    this.before.last = last;
    this.before.beforePrevious = this.before.previous;
    this.before.previous = token;
    this.opensBlock = false;
  }

  /** Everything open is known to be broken from now on. */
  private fail(reason: string): void {
    this.fault ??= reason;
    this.looked();
    if (reason !== TOO_MANY && this.frames.length <= MAX_BRACKETS) this.doom(reason);
    if (this.candidate) this.stopped = true;
  }

  private doom(reason: string): void {
    const { reach } = this;
    const { doomed } = this.memory;
    for (const { at, quote } of this.frames) if (quote === "" && !doomed.has(at)) doomed.set(at, { reach, reason });
  }

  /** What was read so far: the word at hand and, since `\r` may be half a line break, a little more. */
  private looked(): void {
    this.reach = Math.max(this.reach, wordEnd(this.text, this.at) + 2);
  }

  /** Before the first token of a line between brackets: is the line one of its own? If so, the scan is over. */
  private endsBefore(kind: Last, token: string): boolean {
    const fresh = this.freshLine;
    if (fresh === undefined) return false;
    this.freshLine = undefined;
    const begins = isWordStart(token.charCodeAt(0)) || "@([*".includes(token);
    if (!this.candidate && begins && columnOf(this.text, fresh, this.at) <= this.indent)
      this.candidate = { at: fresh, end: this.end, inString: this.frames.some((frame) => frame.quote !== "") };
    if (this.fault) this.stopped = this.candidate !== undefined;
    else if (provesBroken(this.before, kind, token)) this.fail(this.neverClosed());
    return this.stopped;
  }

  private neverClosed(): string {
    return `'${this.frames.findLast((frame) => frame.quote === "")?.open ?? "("}' was never closed`;
  }
}
