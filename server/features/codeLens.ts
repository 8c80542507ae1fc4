import type { Analysis, Span } from "../../core/index.ts";
import { printParams } from "./lineHints.ts";
import { modelsOf } from "./models.ts";

export interface Lens {
  readonly span: Span;
  readonly title: string;
  readonly command: "forward" | "summary";
  readonly model: number;
}

/** Over each place that makes a model: run it, its table, its size. Of several made there the first stands for all. */
export function codeLenses(analysis: Analysis): readonly Lens[] {
  const seen = new Set<number>();
  return modelsOf(analysis).flatMap(({ index, span, params }) => {
    if (seen.has(span.start)) return [];
    seen.add(span.start);
    const lens = (title: string, command: Lens["command"]): Lens => ({ span, title, command, model: index });
    const size = params === undefined ? [] : [lens(printParams(params), "summary")];
    return [lens("▶ Run forward", "forward"), lens("Summary", "summary"), ...size];
  });
}
