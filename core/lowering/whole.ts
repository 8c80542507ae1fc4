/**
 * A model as one ONNX graph. A lowering holds for one number of samples; where several lowerings of the same model, of
 * different numbers of samples, differ only as the samples do, the graph takes any number of them.
 */
import type { Constant, ElementType, GraphNode, Tensor } from "./graph.ts";
import type { LoweredWeight, Lowering } from "./lowering.ts";
import { type Opened, OpenSizes } from "./openSizes.ts";
import { runOrder } from "./order.ts";

/** The batch, as ONNX names an axis of any length; undefined for a length that is not told. */
export type WholeSize = number | "batch" | undefined;
export interface WholeTensor {
  readonly name: string;
  readonly shape: readonly WholeSize[];
  readonly dtype: ElementType;
}
export interface WholeGraph {
  /** The model's. */
  readonly name: string;
  readonly opset: number;
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly WholeTensor[];
  readonly outputs: readonly WholeTensor[];
  readonly constants: readonly Constant[];
  readonly weights: readonly LoweredWeight[];
  /** Why the graph takes one number of samples alone; undefined where it takes any. */
  readonly fixed: string | undefined;
}

/** `others` are the same model on other numbers of samples, two at least; without them the number stays as it is. */
export function wholeGraph(first: Lowering, others: readonly Lowering[]): WholeGraph | { readonly problem: string } {
  const problem = problemOf(first);
  if (problem !== undefined) return { problem };
  const lowerings = [first, ...others];
  const opened = opening(lowerings);
  const fixed = "nodes" in opened ? undefined : opened.fixed;
  const body = "nodes" in opened ? opened : { nodes: flat(first), constants: first.constants };
  const shapes = (of: (it: Lowering) => readonly Tensor[]): readonly WholeTensor[] =>
    of(first).map(({ name, dtype, shape }, i) => ({
      ...{ name, dtype },
      shape: shape.map((n, axis) => {
        const sizes = lowerings.map((it) => of(it)[i]?.shape[axis]);
        if (fixed !== undefined || sizes.every((it) => it === n)) return n;
        return sizes.every((it, j) => it === lowerings[j]?.batch) ? "batch" : undefined;
      }),
    }));
  const renamed = named(
    first,
    body.nodes,
    shapes((it) => it.inputs),
    shapes((it) => it.outputs),
  );
  const read = new Set(renamed.nodes.flatMap((node) => node.inputs));
  return {
    ...{ name: first.name, opset: first.opset, fixed },
    ...renamed,
    constants: body.constants.filter((it) => read.has(it.name)),
    weights: first.weights.filter((it) => read.has(it.name)),
  };
}

function problemOf({ rows, outputs, problem }: Lowering): string | undefined {
  if (problem !== undefined) return problem;
  const row = rows.find((it) => it.problem !== undefined);
  if (row !== undefined) return `${row.name}: ${row.problem}`;
  return outputs.length === 0 ? "it gives no tensor" : undefined;
}

/** The nodes that the outputs need, as they run. */
function flat({ rows, outputs }: Lowering): readonly GraphNode[] {
  const all = runOrder(rows).flatMap((at) => rows[at]?.nodes ?? []);
  const needed = new Set(outputs.map((it) => it.name));
  const kept = all.toReversed().filter((node) => {
    const isNeeded = node.outputs.some((it) => needed.has(it));
    if (isNeeded) for (const it of node.inputs) needed.add(it);
    return isNeeded;
  });
  return kept.reverse();
}

function opening(lowerings: readonly Lowering[]): Opened | { readonly fixed: string } {
  const [first, ...others] = lowerings;
  if (first === undefined || others.length < 2) return { fixed: "one number of samples was asked for" };
  const at = first.inputs.findIndex((it, i) => others.every((other) => other.inputs[i]?.shape[0] !== it.shape[0]));
  const input = first.inputs[at];
  if (input === undefined) return { fixed: "its inputs say how many samples they take" };
  const sizes = new OpenSizes(input.name, lowerings);
  return sizes.opened(lowerings.map(flat));
}

/** Inputs are called as Keras calls them, and outputs after the layers that give them, as in `model.output_names`. */
function named(
  { rows, inputs }: Lowering,
  nodes: readonly GraphNode[],
  ins: readonly WholeTensor[],
  outs: readonly WholeTensor[],
): Pick<WholeGraph, "nodes" | "inputs" | "outputs"> {
  const taken = new Set(nodes.flatMap((node) => [...node.inputs, ...node.outputs]));
  const free = (name: string): string => {
    let found = name;
    for (let i = 1; taken.has(found); i++) found = `${name}_${i}`;
    taken.add(found);
    return found;
  };
  const names = new Map(ins.map((it, i) => [it.name, free(inputs[i]?.input ?? it.name)]));
  const given = new Set(nodes.flatMap((node) => node.outputs));
  const added: GraphNode[] = [];
  const outputs = outs.map((it) => {
    const row = rows.findLast((by) => by.depth === 0 && by.outputs.some(({ name }) => name === it.name));
    const name = free(row?.name ?? it.name);
    // One that is an input too, or is given twice, gets a node of its own.
    if (!names.has(it.name) && given.has(it.name)) names.set(it.name, name);
    else
      added.push({
        ...{ name: `${name}/Identity`, op: "Identity", attributes: {} },
        ...{ inputs: [it.name], outputs: [name] },
      });
    return { ...it, name };
  });
  const rename = (name: string): string => names.get(name) ?? name;
  return {
    nodes: [...nodes, ...added].map((node) => ({
      ...node,
      inputs: node.inputs.map(rename),
      outputs: node.outputs.map(rename),
    })),
    inputs: ins.map((it) => ({ ...it, name: rename(it.name) })),
    outputs,
  };
}
