import { type Frame, skipInString, skipPlainString, stringPrefix } from "./strings.ts";
import {
  afterNewline,
  columnAfter,
  INFIX_WORDS,
  isDigit,
  isNewline,
  isWordStart,
  KEYWORDS,
  lineEnd,
  STATEMENT_WORDS,
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
  /** Openers known to be never closed, and the offset that proved it. Without this, many of them would cost their square. */
  readonly doomed: Map<number, number>;
  /** Triple quotes that open a string by mistake: it ends with their line. */
  readonly strays: ReadonlySet<number>;
}

const MAX_BRACKETS = 100;
const CLOSERS: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
]);

type Last = "none" | "operand" | "string" | "operator";

/** Reads the logical line that begins at `from`, the start of a physical line. */
export function scanLine(text: string, from: number, memory: ScanMemory): ScannedLine {
  return new LineScanner(text, from, memory).scan();
}

class LineScanner {
  private readonly text: string;
  private readonly from: number;
  private readonly memory: ScanMemory;
  private readonly frames: Frame[] = [];
  private readonly comments: Comment[] = [];
  private at: number;
  private indent = 0;
  private start = 0;
  private end = 0;
  private head = "";
  private reach = 0;
  private fault: string | undefined;
  private openTriple: number | undefined;
  private last: Last = "none";
  /** The two tokens before the present one, to tell `f(a=` from other uses of `=`. */
  private previous = "";
  private beforePrevious = "";
  private hasColon = false;
  private opensBlock = false;
  /** Set by a line break between brackets, until the next token. */
  private freshLine: number | undefined;
  /** The first line between brackets that may be a statement of its own, should the brackets turn out broken. */
  private candidate: { readonly at: number; readonly end: number } | undefined;
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
    if (this.candidate && this.fault) {
      this.at = this.candidate.at;
      this.end = this.candidate.end;
    }
    if (!this.fault && this.text.slice(this.start, this.end).includes("\0")) this.fault = "null byte in source";
    return this.result();
  }

  private result(): ScannedLine {
    const { from, start, end, indent, head, opensBlock, hasColon, fault, openTriple } = this;
    const comments = this.comments.filter((comment) => from + comment.offset < this.at);
    return {
      from,
      start,
      end,
      next: this.at,
      reach: this.reach,
      indent,
      head,
      opensBlock,
      hasColon,
      fault,
      openTriple,
      comments,
    };
  }

  private finishAtEnd(): void {
    this.reach = this.text.length + 1;
    const top = this.frames.at(-1);
    if (!top) return;
    if (top.quote !== "") this.openTriple = top.at;
    this.fail(top.quote === "" ? `'${top.open}' was never closed` : "unterminated triple-quoted string");
  }

  /** Up to the first token of the line: blank lines, comments, indentation. */
  private skipBlank(): void {
    let column = 0;
    while (this.at < this.text.length) {
      const code = this.text.charCodeAt(this.at);
      if (isNewline(code)) {
        this.at = afterNewline(this.text, this.at);
        column = 0;
      } else if (code === 32 || code === 9 || code === 12 || code === 0xfeff) {
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
    if (top && top.quote !== "") return this.stringStep(top);
    const code = this.text.charCodeAt(this.at);
    if (isNewline(code)) return this.newline();
    if (code === 32 || code === 9 || code === 12 || code === 0xfeff) {
      this.at++;
      return;
    }
    if (code === 35) return this.comment();
    if (code === 92 && isNewline(this.text.charCodeAt(this.at + 1))) {
      this.at = afterNewline(this.text, this.at + 1);
      return;
    }
    this.token(code);
  }

  private newline(): void {
    const after = afterNewline(this.text, this.at);
    if (this.frames.length === 0) {
      this.stopped = true;
      this.at = after;
      return;
    }
    this.at = after;
    this.freshLine = after;
  }

  private token(code: number): void {
    const begin = this.at;
    if (code === 34 || code === 39) return this.string(begin, "");
    if (isWordStart(code)) return this.word(begin);
    if (isDigit(code) || (code === 46 && isDigit(this.text.charCodeAt(begin + 1)))) return this.number(begin);
    const character = this.text[begin] ?? "";
    if ("([{".includes(character)) return this.opener(character);
    if (CLOSERS.has(character)) return this.closer(character);
    this.operator(code, character);
  }

  private word(begin: number): void {
    const end = wordEnd(this.text, begin);
    const word = this.text.slice(begin, end);
    const next = this.text.charCodeAt(end);
    if ((next === 34 || next === 39) && stringPrefix(word)) return this.string(end, word);
    const value = !KEYWORDS.has(word) || VALUE_WORDS.has(word);
    if (this.startsLine(begin, value ? "operand" : "operator", word)) return;
    if (begin === this.start) this.head = word;
    const top = this.frames.at(-1);
    if (word === "lambda" && top) top.lambdas++;
    this.took(end, value ? "operand" : "operator", word);
  }

  private number(begin: number): void {
    if (this.startsLine(begin, "operand", "")) return;
    let at = begin;
    for (; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (isDigit(code) || isWordStart(code) || code === 46) continue;
      const exponent = (code === 43 || code === 45) && /[eE]/.test(this.text[at - 1] ?? "");
      if (!exponent || /^0[xX]/.test(this.text.slice(begin, begin + 2))) break;
    }
    this.took(at, "operand", "0");
  }

  private string(quoteAt: number, prefix: string): void {
    const begin = quoteAt - prefix.length;
    if (this.startsLine(begin, "string", "")) return;
    const quote = this.text[quoteAt] ?? "";
    const triple = this.text.startsWith(quote.repeat(3), quoteAt);
    const open = triple ? quote.repeat(3) : quote;
    if (triple && this.memory.strays.has(quoteAt)) {
      this.fail("unterminated triple-quoted string");
      return this.took(lineEnd(this.text, quoteAt), "string", quote);
    }
    if (/[fFtT]/.test(prefix)) {
      this.frames.push({ open, quote: open, raw: /[rR]/.test(prefix), at: quoteAt, lambdas: 0, spec: false });
      this.took(quoteAt + open.length, "string", quote);
      return;
    }
    const end = skipPlainString(this.text, quoteAt + open.length, open);
    if (end !== undefined) return this.took(end, "string", quote);
    if (!triple) {
      this.took(lineEnd(this.text, quoteAt), "string", quote);
      return this.fail("unterminated string");
    }
    this.openTriple = quoteAt;
    this.reach = this.text.length + 1;
    this.took(lineEnd(this.text, quoteAt), "string", quote);
    this.fail("unterminated triple-quoted string");
  }

  /** Goes on inside an f-string's text or format specification. */
  private stringStep(frame: Frame): void {
    const stop = skipInString(this.text, this.at, frame);
    this.at = stop.at;
    if (stop.why === "end of text") return;
    if (stop.why === "hole") {
      this.frames.push({ open: "{", quote: "", raw: false, at: stop.at, lambdas: 0, spec: false });
      return this.took(stop.at + 1, "operator", "{");
    }
    this.frames.pop();
    if (frame.spec) this.frames.pop();
    if (stop.why === "closed") return this.took(stop.at, "string", frame.spec ? "}" : frame.quote);
    if (frame.spec) this.frames.pop();
    this.end = Math.max(this.end, stop.at);
    this.last = "string";
    this.fail("unterminated f-string");
  }

  private opener(character: string): void {
    if (this.startsLine(this.at, "operator", character)) return;
    const known = this.memory.doomed.get(this.at);
    this.frames.push({ open: character, quote: "", raw: false, at: this.at, lambdas: 0, spec: false });
    this.took(this.at + 1, "operator", character);
    if (known !== undefined) {
      this.reach = Math.max(this.reach, known);
      this.fail(`'${character}' was never closed`);
    } else if (this.frames.length === MAX_BRACKETS + 1) this.fail("too many nested brackets");
  }

  private closer(character: string): void {
    this.freshLine = undefined;
    const opens = CLOSERS.get(character);
    let level = this.frames.length - 1;
    if (this.frames[level]?.open !== opens) {
      const lowest = Math.max(0, level - MAX_BRACKETS);
      while (level >= lowest && this.frames[level]?.open !== opens) level--;
      if (level < lowest) level = -1;
      this.fail(level < 0 ? `unmatched '${character}'` : `'${this.frames.at(-1)?.open ?? ""}' was never closed`);
    }
    if (level >= 0) this.frames.length = level;
    this.took(this.at + 1, "operand", character);
    if (this.frames.length === 0 && !this.fault) this.candidate = undefined;
  }

  private operator(code: number, character: string): void {
    if (this.startsLine(this.at, "operator", character)) return;
    const top = this.frames.at(-1);
    if (code === 64 && this.at === this.start) this.head = "@";
    if (character === "." && this.text.startsWith("...", this.at)) return this.took(this.at + 3, "operand", "...");
    const two = this.text.slice(this.at, this.at + 2);
    if (two === ":=" || two === "==" || two === "!=" || two === "<=" || two === ">=") {
      if (two !== ":=" || !this.inHole()) return this.took(this.at + 2, "operator", two);
    }
    if (character === ":" && top) return this.colon(top);
    if (character === ":") this.hasColon = true;
    if (character === "=" && top && !this.mayAssign(top)) this.fail("'=' between brackets");
    this.took(this.at + 1, "operator", character);
    this.opensBlock = character === ":" && this.frames.length === 0;
  }

  private inHole(): boolean {
    return this.frames.at(-2)?.quote !== undefined && this.frames.at(-2)?.quote !== "";
  }

  /** A colon between brackets: a lambda's, an annotation's, a slice's, a dictionary's, a format specification's. */
  private colon(top: Frame): void {
    this.took(this.at + 1, "operator", ":");
    const outer = this.frames.at(-2);
    if (top.lambdas > 0) top.lambdas--;
    else if (outer && outer.quote !== "")
      this.frames.push({ open: outer.open, quote: outer.quote, raw: outer.raw, at: outer.at, lambdas: 0, spec: true });
    else if (top.open === "(" && !this.inParameters()) this.fail("':' between parentheses");
  }

  private inParameters(): boolean {
    return this.frames.length === 1 && (this.head === "def" || this.head === "async");
  }

  private mayAssign(top: Frame): boolean {
    if (top.lambdas > 0 || this.inParameters() || this.head === "type") return true;
    if (top.open !== "(") return this.inHole();
    return this.last === "operand" && (this.beforePrevious === "(" || this.beforePrevious === ",");
  }

  private took(end: number, last: Last, token: string): void {
    this.at = end;
    this.end = end;
    this.last = last;
    this.beforePrevious = this.previous;
    this.previous = token;
    this.opensBlock = false;
  }

  /** Everything open is known to be broken from now on; the line ends before the first line that may stand for itself. */
  private fail(reason: string): void {
    this.fault ??= reason;
    this.looked();
    if (this.frames.length <= MAX_BRACKETS + 1)
      for (const frame of this.frames) if (frame.quote === "") this.memory.doomed.set(frame.at, this.reach);
    if (this.candidate) this.stopped = true;
  }

  /** What was read so far: the word at hand and, since `\r` may be half a line break, a little more. */
  private looked(): void {
    this.reach = Math.max(this.reach, wordEnd(this.text, this.at) + 2);
  }

  /** The first token of a line between brackets: is the line one of its own? Returns true if the scan ends before it. */
  private startsLine(begin: number, kind: Last, token: string): boolean {
    const fresh = this.freshLine;
    if (fresh === undefined) return false;
    this.freshLine = undefined;
    const word = token !== "" && isWordStart(token.charCodeAt(0));
    if (!this.candidate && (word || token === "@") && this.columnOf(fresh, begin) <= this.indent)
      this.candidate = { at: fresh, end: this.end };
    if (this.fault) this.stopped = this.candidate !== undefined;
    else if (this.proves(kind, token)) this.fail(this.neverClosed());
    return this.stopped;
  }

  /** No expression goes on like this: the brackets before must be broken. */
  private proves(kind: Last, token: string): boolean {
    if (STATEMENT_WORDS.has(token)) return true;
    const complete = this.last === "operand" || this.last === "string";
    if (INFIX_WORDS.has(token)) return !complete && this.previous !== "not";
    if (token === "from") return this.previous !== "yield";
    if (token === "not" || !complete) return false;
    if (kind === "string") return this.last !== "string";
    return kind === "operand" || token === "lambda" || token === "await" || token === "yield";
  }

  private neverClosed(): string {
    return `'${this.frames.at(-1)?.open ?? "("}' was never closed`;
  }

  private columnOf(lineStart: number, offset: number): number {
    let column = 0;
    for (let at = lineStart; at < offset; at++) column = columnAfter(column, this.text.charCodeAt(at));
    return column;
  }
}
