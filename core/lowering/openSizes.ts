import type { Constant, GraphNode } from "./graph.ts";
import type { Lowering } from "./lowering.ts";
import { Refusal, refuse } from "./refusal.ts";

/** Nodes in which the number of samples is read from an input, and the constants that they read. */
export interface Opened {
  readonly nodes: readonly GraphNode[];
  readonly constants: readonly Constant[];
}

/** A number that is `slope` · samples + `rest`. */
interface Line {
  readonly slope: number;
  readonly rest: number;
}

/**
 * Makes one graph out of lowerings of the same model on different numbers of samples. They have the same nodes; a
 * constant that differs holds sizes, each of which lies on a line over the number of samples, and is made of that
 * number when the graph runs. What differs otherwise is refused.
 */
export class OpenSizes {
  private readonly input: string;
  private readonly batches: readonly number[];
  private readonly constants: readonly ReadonlyMap<string, Constant>[];
  /** By what it is in each lowering. */
  private readonly made = new Map<string, string>();
  private readonly kept = new Map<string, Constant>();
  private readonly nodes: GraphNode[] = [];

  /** `input` is the tensor whose first axis the samples are. */
  constructor(input: string, lowerings: readonly Lowering[]) {
    this.input = input;
    this.batches = lowerings.map((it) => it.batch);
    this.constants = lowerings.map((it) => new Map(it.constants.map((constant) => [constant.name, constant])));
  }

  opened(graphs: readonly (readonly GraphNode[])[]): Opened | { readonly fixed: string } {
    const [first = [], ...others] = graphs;
    try {
      for (const [i, node] of first.entries())
        this.add(
          node,
          others.map((it) => it[i]),
        );
    } catch (thrown) {
      if (thrown instanceof Refusal) return { fixed: thrown.message };
      throw thrown;
    }
    return { nodes: this.nodes, constants: [...this.kept.values()] };
  }

  private add(node: GraphNode, others: readonly (GraphNode | undefined)[]): void {
    const shown = JSON.stringify([node.op, node.attributes, node.inputs.length]);
    const isSame = (it: GraphNode | undefined) =>
      it !== undefined && JSON.stringify([it.op, it.attributes, it.inputs.length]) === shown;
    if (!others.every(isSame)) refuse(`${node.name} is another node for another number of samples`);
    const inputs = node.inputs.map((name, i) => this.read(node, i, [name, ...others.map((it) => it?.inputs[i] ?? "")]));
    this.nodes.push({ ...node, inputs });
  }
  private read(node: GraphNode, i: number, names: readonly string[]): string {
    const [name = ""] = names;
    const found = names.flatMap((it, at) => this.constants[at]?.get(it) ?? []);
    const [constant] = found;
    if (constant === undefined) return name;
    if (found.length < names.length) refuse(`${node.name} reads a constant for some numbers of samples alone`);
    const isTarget = node.op === "Reshape" && i === 1;
    const key = `${isTarget} ${found.map(textOf).join(" ")}`;
    const known = this.made.get(key) ?? this.constantOf(node, found, isTarget);
    this.made.set(key, known);
    return known;
  }

  /** The name of a tensor that is each of them, for its number of samples. */
  private constantOf(node: GraphNode, found: readonly Constant[], isTarget: boolean): string {
    const [first] = found;
    if (first === undefined) return refuse("no constant is given");
    const isEqual = (a: readonly number[], b: readonly number[]) =>
      a.length === b.length && a.every((it, i) => Object.is(it, b[i]));
    const sameShape = found.every((it) => isEqual(it.shape, first.shape));
    if (sameShape && found.every((it) => isEqual(it.values, first.values))) return this.keep(first);
    if (!sameShape) return this.filled(node, found, first);
    const isWhole = first.dtype === "int64" || first.dtype === "int32";
    if (!isWhole || first.shape.length > 1) return refuse(`${node.name} reads a number that depends on the samples`);
    const lines = this.lines(
      node,
      found.map((it) => it.values),
    );
    const open = lines.filter(({ slope }) => slope !== 0);
    const isPlain = open.length === 1 && open.every(({ rest }) => rest === 0) && lines.every((it) => !isZero(it));
    // The engine finds out one size of a shape itself.
    if (isTarget && isPlain)
      return this.list(
        first,
        lines.map((it) => (it.slope === 0 ? it.rest : -1)),
      );
    const list = this.sizes(lines);
    const typed = first.dtype === "int64" ? list : this.node("Cast", [list], { to: { element: first.dtype } });
    return first.shape.length === 0 ? this.node("Squeeze", [typed]) : typed;
  }
  /** One number everywhere, in a shape that depends on the samples. */
  private filled(node: GraphNode, found: readonly Constant[], first: Constant): string {
    const [value = 0] = first.values;
    const isFilled = found.every((it) => it.values.every((other) => Object.is(other, value)));
    if (!isFilled) return refuse(`${node.name} reads numbers, one for each sample`);
    const scalar = this.keep({ ...first, shape: [], values: [value] });
    return this.node("Expand", [
      scalar,
      this.sizes(
        this.lines(
          node,
          found.map((it) => it.shape),
        ),
      ),
    ]);
  }

  private lines(node: GraphNode, lists: readonly (readonly number[])[]): readonly Line[] {
    const [first = [], second = []] = lists;
    const [m = 0, n = 1] = this.batches;
    return first.map((value, i) => {
      const slope = ((second[i] ?? value) - value) / (n - m);
      const rest = value - slope * m;
      const holds = lists.every((it, at) => it[i] === slope * (this.batches[at] ?? 0) + rest);
      return holds && Number.isInteger(slope)
        ? { slope, rest }
        : refuse(`${node.name} reads a size that does not grow with the samples`);
    });
  }

  // ---- what is made
  // --------------------------------------------------------------------------------------------------------

  private sizes(lines: readonly Line[]): string {
    const parts = lines.map(({ slope, rest }) => {
      if (slope === 0) return this.ints([rest]);
      const samples = this.node("Shape", [this.input], { start: 0, end: 1 });
      const times = slope === 1 ? samples : this.node("Mul", [samples, this.ints([slope])]);
      return rest === 0 ? times : this.node("Add", [times, this.ints([rest])]);
    });
    const [only] = parts;
    return parts.length === 1 && only !== undefined ? only : this.node("Concat", parts, { axis: 0 });
  }
  private node(op: string, inputs: readonly string[], attributes: GraphNode["attributes"] = {}): string {
    const key = JSON.stringify([op, inputs, attributes]);
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const name = `batch/${op}_${this.made.size}`;
    this.nodes.push({ name, op, inputs, outputs: [name], attributes });
    this.made.set(key, name);
    return name;
  }
  private ints(values: readonly number[]): string {
    return this.keep({ name: "", shape: [values.length], dtype: "int64", values });
  }
  private list(like: Constant, values: readonly number[]): string {
    return this.keep({ ...like, values });
  }
  private keep(constant: Constant): string {
    const key = textOf(constant);
    const known = this.made.get(key);
    if (known !== undefined) return known;
    const name = `constant_${this.kept.size}`;
    this.kept.set(key, { ...constant, name });
    this.made.set(key, name);
    return name;
  }
}
/** JSON has no infinities. */
const textOf = ({ shape, dtype, values }: Constant): string =>
  `${dtype}[${shape}](${values.map((it) => (Object.is(it, -0) ? "-0" : it))})`;
const isZero = ({ slope, rest }: Line): boolean => slope === 0 && rest === 0;
