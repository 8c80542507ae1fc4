/** A half-open range of UTF-16 offsets. Relative to what, the holder says. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
