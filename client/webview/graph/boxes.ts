export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}
/** Where everything stands. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Box>;
  /** The corners of each edge, in the order of the scene. */
  readonly lines: readonly (readonly Point[])[];
  /** Milliseconds that it took, in the worker. */
  readonly time: number;
}

/** Above the nodes that stand in an open one. */
export const HEADER = 26;
