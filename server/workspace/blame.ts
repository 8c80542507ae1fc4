import {
  type Analysis,
  blamedAt,
  type Change,
  type Diagnostic,
  findChange,
  type Span,
  sameSpan,
  shifted,
} from "../../core/index.ts";

/** A finding whose cause was searched for, and found at another place than where it comes to light. */
interface Placed {
  readonly code: string;
  readonly message: string;
  readonly crash: Span;
  readonly cause: Span;
}

/**
 * Where a file's findings were blamed when its text last stood still. While somebody types they stay there, as long as
 * they are found again and neither place is touched: to search anew at each key would take too long, and a finding that
 * leaps to and fro is not read.
 */
export class Blame {
  private text = "";
  private placed: readonly Placed[] = [];

  /** What a search in a text has found. */
  learn(text: string, { diagnostics }: Analysis): void {
    this.text = text;
    this.placed = diagnostics.flatMap(({ code, message, crash, span }) =>
      crash === undefined ? [] : [{ code, message, crash, cause: span }],
    );
  }

  /** The analysis of the text that came after, with its findings where they were blamed before. */
  applied(text: string, analysis: Analysis): Analysis {
    const change = findChange(this.text, text);
    this.text = text;
    if (change !== undefined) this.placed = this.placed.flatMap((it) => movedBy(change, it));
    if (this.placed.length === 0) return analysis;
    const diagnostics = analysis.diagnostics.map((it) => this.place(analysis.path, it));
    return { ...analysis, diagnostics: diagnostics.sort((a, b) => a.span.start - b.span.start) };
  }

  private place(path: string, found: Diagnostic): Diagnostic {
    const isSame = ({ code, message, crash }: Placed) =>
      code === found.code && message === found.message && sameSpan(crash, found.span);
    const cause = this.placed.find(isSame)?.cause;
    return cause === undefined ? found : blamedAt(found, path, cause);
  }
}

function movedBy(change: Change, placed: Placed): readonly Placed[] {
  const [crash, cause] = [moved(placed.crash, change), moved(placed.cause, change)];
  return crash === undefined || cause === undefined ? [] : [{ ...placed, crash, cause }];
}
/** Undefined where the change touches it. */
function moved(span: Span, { start, oldEnd, newEnd }: Change): Span | undefined {
  if (span.end <= start) return span;
  return span.start >= oldEnd ? shifted(span, newEnd - oldEnd) : undefined;
}
