import {
  bytes,
  type Lowering,
  type LoweringOptions,
  type WholeGraph,
  type WholeTensor,
  wholeGraph,
} from "../../core/index.ts";
import { printBytes } from "./numbers.ts";

/** Bytes of weights that a file holds itself: one of protobuf ends at 2 GB, and is written in one piece. */
export const INSIDE = 10 ** 9;
/** Numbers of samples by which it is found out what depends on them: no sizes that a model is likely to have. */
const BATCHES = [7, 11, 13];

export type Lower = (options: LoweringOptions) => Lowering | undefined;
export interface Exported {
  readonly graph: WholeGraph;
  /** Any of the lowerings that it was made of. */
  readonly lowering: Lowering;
}

/** A model as one graph: for any number of samples, or for `batch`; undefined where there is no such model. */
export function exportedGraph(
  lower: Lower,
  { batch, length }: { readonly batch?: number | undefined; readonly length?: number | undefined },
): Exported | { readonly problem: string } | undefined {
  const of = (samples: number) => lower({ batch: samples, length });
  const [lowering, ...others] = (batch === undefined ? BATCHES : [batch]).flatMap((it) => of(it) ?? []);
  if (lowering === undefined) return undefined;
  const graph = wholeGraph(lowering, others);
  if ("problem" in graph) return graph;
  const tooLarge = graph.weights.find((it) => !canBeHeld(bytes(it)));
  if (tooLarge !== undefined) {
    const { name } = tooLarge;
    return {
      problem: `${name} takes ${printBytes(bytes(tooLarge))}, more than there is to hold it while it is written`,
    };
  }
  if (batch !== undefined || graph.fixed === undefined) return { graph, lowering };
  const single = of(1);
  const fixed = single && wholeGraph(single, []);
  if (single === undefined || fixed === undefined || "problem" in fixed) return { graph, lowering };
  return { graph: { ...fixed, fixed: graph.fixed }, lowering: single };
}

/** Each weight is held as a whole while it is written. */
function canBeHeld(size: number): boolean {
  try {
    return new ArrayBuffer(size).byteLength === size;
  } catch {
    return false;
  }
}

/** What a person should know of a written model, a line each. */
export function exportNotes({ graph, lowering }: Exported, isAsked: boolean): readonly string[] {
  const fixed =
    graph.fixed === undefined || isAsked ? [] : [`it takes ${lowering.batch} sample at a time: ${graph.fixed}`];
  const open = lowering.inputs.flatMap(({ input, assumed }) =>
    assumed.map(({ axis, size }) => `axis ${axis} of ${input}, which the program leaves open, is ${size} long`),
  );
  return [...fixed, ...open];
}

/** `x (batch, 8) float32` */
export const printTensor = ({ name, shape, dtype }: WholeTensor): string => {
  const sizes = shape.map((n) => n ?? "?");
  return `${name} (${sizes.join(", ")}${sizes.length === 1 ? "," : ""}) ${dtype}`;
};
