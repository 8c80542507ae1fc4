import type { Reading } from "./lower/compound.ts";
import type { Comment, ScannedLine } from "./scanner.ts";
import type { Pattern, Statement } from "./syntax.ts";

/** A logical line of a document: where it stands now, and what it was found to say. Only `from` moves with the text. */
export class Line {
  from: number;
  readonly indent: number;
  readonly head: string;
  readonly opensBlock: boolean;
  readonly hasColon: boolean;
  readonly fault: string | undefined;
  readonly comments: readonly Comment[];
  /** The text that `reading` was made from if decorators stand before the line; else it is the line's own. */
  decorated: string | undefined;
  reading: Reading | undefined;
  /** The compound or broken statement that was last built with this line as its first. */
  built: Statement | undefined;
  /** How many lines `built` takes, if it is in the tree just as it is; else 0. */
  count = 0;
  /** In how many blocks it stood. */
  level = 0;
  /** The text of `built`, if that is a broken one. */
  brokenText: string | undefined;
  /** The reading with its spans moved by so much, for clauses. */
  placed: { readonly by: number; readonly reading: Reading } | undefined;
  /** Stands for the pattern of a `case` that cannot be read. */
  brokenPattern: Extract<Pattern, { kind: "value" }> | undefined;
  private readonly startAfter: number;
  private readonly endAfter: number;
  private readonly nextAfter: number;
  private readonly reachAfter: number;

  constructor(scanned: ScannedLine) {
    this.from = scanned.from;
    this.startAfter = scanned.start - scanned.from;
    this.endAfter = scanned.end - scanned.from;
    this.nextAfter = scanned.next - scanned.from;
    this.reachAfter = scanned.reach - scanned.from;
    this.indent = scanned.indent;
    this.head = scanned.head;
    this.opensBlock = scanned.opensBlock;
    this.hasColon = scanned.hasColon;
    this.fault = scanned.fault;
    this.comments = scanned.comments;
    this.decorated = undefined;
    this.reading = undefined;
    this.built = undefined;
    this.brokenText = undefined;
    this.placed = undefined;
    this.brokenPattern = undefined;
  }

  get start(): number {
    return this.from + this.startAfter;
  }

  get end(): number {
    return this.from + this.endAfter;
  }

  get next(): number {
    return this.from + this.nextAfter;
  }

  get reach(): number {
    return this.from + this.reachAfter;
  }

  /** True of the end of a text, where no statement follows. */
  get isEmpty(): boolean {
    return this.startAfter === this.endAfter;
  }

  remember(built: Statement): void {
    this.built = built;
    this.count = 0;
  }

  /** Takes over what was found out about a line of the same text. */
  inherit(old: Line): void {
    this.decorated = old.decorated;
    this.reading = old.reading;
    this.built = old.built;
    this.brokenText = old.brokenText;
    this.placed = old.placed;
    this.brokenPattern = old.brokenPattern;
  }
}
