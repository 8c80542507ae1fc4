/** A place as people count it: both from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of a text start. `\n`, `\r\n` and a lone `\r` each end a line, as Python and editors have it. */
export class LineIndex {
  private readonly starts: readonly number[];
  private readonly length: number;

  constructor(text: string) {
    this.starts = lineStarts(text);
    this.length = text.length;
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** Offsets outside the text are moved to its nearer end. */
  positionAt(offset: number): Position {
    const inside = Math.min(Math.max(offset, 0), this.length);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: inside - (this.starts[low] ?? 0) + 1 };
  }

  /**
   * A column past the line's end means that line's end (its line break included); a line past the last, the text's end.
   */
  offsetAt(position: Position): number {
    if (position.line < 1) return 0;
    const start = this.starts[position.line - 1];
    if (start === undefined) return this.length;
    const next = this.starts[position.line] ?? this.length;
    return Math.min(Math.max(start + position.column - 1, start), next);
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 10 && code !== 13) continue;
    if (code === 13 && text.charCodeAt(at + 1) === 10) at++;
    starts.push(at + 1);
  }
  return starts;
}
