/** The one door: everything a host may use of core. */
export type * from "./analysis.ts";
export { missingKey } from "./analysis.ts";
export { type SummaryModel, type SummaryOptions, summarise } from "./graph/summary.ts";
export type { Style as SummaryStyle, Text as SummaryText } from "./graph/table.ts";
export { type AnyShape, hasRank, printShape } from "./tensor/shape.ts";
export { LineIndex } from "./text/lines.ts";
export type { Span } from "./text/span.ts";
import type { Answer, Project } from "./analysis.ts";
import type { Wasm } from "./python/parser.ts";

export interface Core {
  /** Reads the project's file and whatever it imports. Pure: the same project always gives the same answer. */
  analyse(project: Project): Answer;
  /**
   * The same in slices: `pause` is asked after each newly evaluated statement, and where it says true the generator
   * yields; a host that has a newer text simply drops it.
   */
  analyseInSlices(project: Project, pause: () => boolean): Generator<void, Answer>;
  /** Forgets a file that is closed. */
  forget(path: string): void;
}

export declare function createCore(wasm: Wasm): Promise<Core>;
