export interface Size {
  readonly width: number;
  readonly height: number;
}
/** Pixels as a file has them, row by row: grey, grey with alpha, or red, green and blue, with alpha. */
export interface Raster extends Size {
  readonly channels: 1 | 2 | 3 | 4;
  /** Of 16 bits only where they are grey: of colours Pillow keeps the higher byte. */
  readonly samples: Uint8Array | Uint16Array;
  /** What becomes transparent where alpha is asked for of pixels without it: a sample of each channel. */
  readonly transparent?: readonly number[] | undefined;
}
export type Problem = { readonly problem: string };

export const DAMAGED: Problem = { problem: "it is damaged or cut off: open it in a viewer and save it again" };
export const CUT_OFF: Problem = { problem: "it is cut off: copy or fetch it again" };

/** As many as the largest phone takes; what is larger is refused before room for it is taken. */
const MOST_PIXELS = 50_000_000;

export function tooLarge(width: number, height: number): Problem | undefined {
  if (width * height <= MOST_PIXELS) return undefined;
  return { problem: `it has ${width} × ${height} pixels, and at most ${MOST_PIXELS / 1e6} million are read: scale it` };
}
