/** A half-open range of UTF-16 offsets. Relative to what, the holder says. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const sameSpan = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;

/** Do they share an offset, or stand side by side? An empty span at an end touches too. */
export const touches = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

/** Do they share a character? */
export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** Is the inner span, which may be the same, nowhere outside the outer one? */
export const encloses = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** The same range counted from elsewhere: `by` units further. */
export const shifted = (span: Span, by: number): Span => ({ start: span.start + by, end: span.end + by });
