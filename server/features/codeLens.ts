import type { Analysis, Span } from "../../core/index.ts";
import { modelsOf } from "./models.ts";
import { printParams } from "./numbers.ts";

export interface Lens {
  readonly span: Span;
  readonly title: string;
  readonly command: "forward" | "summary" | "graph" | "setInputShape";
  readonly model: number;
}

/**
 * Over each place that makes a model: run it, its table, its picture, its size; of one whose input nobody states, a
 * way to state it. Of several made there the first stands for all.
 */
export function codeLenses(analysis: Analysis): readonly Lens[] {
  const seen = new Set<number>();
  return modelsOf(analysis).flatMap(({ index, span, params, inputs }) => {
    if (seen.has(span.start)) return [];
    seen.add(span.start);
    const lens = (title: string, command: Lens["command"]): Lens => ({ span, title, command, model: index });
    const usual = [lens("▶ Run forward", "forward"), lens("Summary", "summary"), lens("Architecture", "graph")];
    if (inputs === undefined && !params) return [...usual, lens("Set input shape", "setInputShape")];
    return params === undefined ? usual : [...usual, lens(printParams(params), "summary")];
  });
}
