/** Thrown out of the evaluation when the host asks for a pause; what was finished by then is found again at once. */
export class Paused extends Error {}

export interface Limits {
  /** Evaluated expressions in one analysis. */
  readonly steps: number;
  /** Calls inside calls. */
  readonly depth: number;
}
export const LIMITS: Limits = { steps: 2_000_000, depth: 60 };
/** So often a function calls itself where nobody knows whether it does. */
export const AGAIN = 3;
/** Steps of one statement at the top of a module that is imported. */
export const IMPORTED = 150_000;
