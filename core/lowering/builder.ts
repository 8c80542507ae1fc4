import { type Dim, whyNoNumber } from "../tensor/dim.ts";
import { type AnyShape, hasRank } from "../tensor/shape.ts";
import { type Activation, activated } from "./activations.ts";
import {
  type Attribute,
  bytes,
  type Constant,
  type ElementType,
  elements,
  type GraphNode,
  type Tensor,
} from "./graph.ts";
import { productsOf } from "./products.ts";
import { refuse } from "./refusal.ts";
import { slidLength, type Window, windowAttributes } from "./windows.ts";

export { type Attribute, type Constant, type ElementType, type GraphNode, masked, type Tensor } from "./graph.ts";
export { refuse } from "./refusal.ts";
export type { Window } from "./windows.ts";

export type Attributes = Readonly<Record<string, Attribute>>;
/** What comes out of a node. */
export type Yields = Pick<Tensor, "shape"> & Partial<Pick<Tensor, "dtype">>;
export type DataFormat = "channels_last" | "channels_first";

/** A size that must be a number by now. */
export const size = (dim: Dim, what = "a size that it needs"): number =>
  typeof dim === "number" ? dim : refuse(`${what} is not known: ${whyNoNumber(dim)}`);
export const sizes = (dims: Iterable<Dim>): readonly number[] => Array.from(dims, (dim) => size(dim));
/** Of an output, which must all be numbers. */
export const outputSizes = (shape: AnyShape): readonly number[] =>
  hasRank(shape)
    ? shape.dims.map((dim) => size(dim, "a size of its output"))
    : refuse(`its output's shape is not known: ${shape.reason}`);
/** A weight or an argument that must be there. */
export const needed = <T>(it: T | undefined, what = "a tensor"): T => it ?? refuse(`${what} that it needs is missing`);

const VIEWS = new Set(["Identity", "Reshape", "Squeeze", "Unsqueeze"]);
/** What the engine computes of all steps before the first: as much as comes out for each gate. */
const GATES: Readonly<Record<string, number>> = { LSTM: 4, GRU: 3, RNN: 1 };
function bytesOf(op: string, outputs: readonly (Tensor | undefined)[]): number | undefined {
  if (VIEWS.has(op)) return undefined;
  const given = outputs.reduce((sum, it) => sum + (it === undefined ? 0 : bytes(it)), 0);
  return given * (1 + (GATES[op] ?? 0));
}

/**
 * Builds the nodes of a graph. A rule gets tensors and gives tensors; it never touches names. Nodes are in the order in
 * which they may run. Where the type of a node's output is not given, it is the first input's.
 */
export class Builder {
  private nodes: GraphNode[] = [];
  readonly constants: Constant[] = [];
  private readonly known = new Map<string, Constant>();
  private scope = "";
  private count = 0;
  /** Products that the nodes since then sum up; undefined where one's are not counted. */
  private products: number | undefined = 0;
  /** The Keras whose formulas count, where two versions differ. */
  readonly keras: 2 | 3;
  constructor(keras: 2 | 3 = 3) {
    this.keras = keras;
  }

  /** The nodes since they were last drained. */
  drain(): readonly GraphNode[] {
    const { nodes } = this;
    this.nodes = [];
    this.products = 0;
    return nodes;
  }
  /** Those nodes, which are not drained yet. */
  get pending(): readonly GraphNode[] {
    return this.nodes;
  }
  /** Multiply–accumulates of these nodes. */
  get macs(): number | undefined {
    return this.products;
  }
  /** Runs `body` with names that begin with `prefix/`. */
  within<T>(prefix: string, body: () => T): T {
    const { scope } = this;
    this.scope = `${scope}${prefix}/`;
    try {
      return body();
    } finally {
      this.scope = scope;
    }
  }

  // ---- nodes
  // ---------------------------------------------------------------------------------------------------------

  node(op: string, inputs: readonly (Tensor | undefined)[], attributes: Attributes = {}, yields?: Yields): Tensor {
    const like = needed(inputs[0] ?? yields, `${op}: an input`);
    const made = this.several(op, inputs, attributes, [{ dtype: inputs[0]?.dtype ?? "float32", ...(yields ?? like) }]);
    return made[0] as Tensor;
  }
  /** A node of several outputs; undefined for one that nobody asks for. */
  several(
    op: string,
    inputs: readonly (Tensor | undefined)[],
    attributes: Attributes,
    yields: readonly (Yields | undefined)[],
  ): readonly (Tensor | undefined)[] {
    const name = `${this.scope}${op}_${this.count++}`;
    const outputs = yields.map((it, i) =>
      it === undefined
        ? undefined
        : { name: yields.length === 1 ? name : `${name}:${i}`, shape: [...it.shape], dtype: it.dtype ?? "float32" },
    );
    const products = productsOf(op, inputs, outputs[0], attributes);
    this.products = products === undefined || this.products === undefined ? undefined : this.products + products;
    this.nodes.push({
      name,
      op,
      inputs: inputs.map((it) => it?.name ?? ""),
      outputs: outputs.map((it) => it?.name ?? ""),
      attributes,
      bytes: bytesOf(op, outputs),
    });
    return outputs;
  }
  /** Numbers that are known now; a scalar unless a shape is given. Equal ones are one. */
  constant(values: number | readonly number[], dtype: ElementType = "float32", shape?: readonly number[]): Tensor {
    const list = typeof values === "number" ? [values] : [...values];
    const form = shape ?? (typeof values === "number" ? [] : [list.length]);
    if (elements({ shape: form }) !== list.length) refuse("a constant's numbers do not fill its shape");
    const key = `${dtype} ${form} ${list}`;
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const made: Constant = { name: `constant_${this.constants.length}`, shape: form, dtype, values: list };
    this.constants.push(made);
    this.known.set(key, made);
    return made;
  }
  private integers(values: readonly number[]): Tensor {
    return this.constant(values, "int64");
  }

  // ---- element by element; a plain number is a constant of the other side's type; sizes of 1 are repeated
  // -------------------------------------------------------------------------------------------------------

  add(a: Tensor, b: Tensor | number | undefined): Tensor {
    return b === undefined ? a : this.binary("Add", a, b);
  }
  subtract(a: Tensor | number, b: Tensor | number): Tensor {
    return this.binary("Sub", a, b);
  }
  multiply(a: Tensor, b: Tensor | number | undefined): Tensor {
    return b === undefined ? a : this.binary("Mul", a, b);
  }
  divide(a: Tensor | number, b: Tensor | number): Tensor {
    return this.binary("Div", a, b);
  }
  maximum(a: Tensor, b: Tensor | number): Tensor {
    return this.binary("Max", a, b);
  }
  minimum(a: Tensor, b: Tensor | number): Tensor {
    return this.binary("Min", a, b);
  }
  /** Also `Pow`, and comparisons with `yields: "bool"`. Types that differ become float32. */
  binary(op: string, a: Tensor | number, b: Tensor | number, yields?: ElementType): Tensor {
    const dtype = common(typeof a === "number" ? undefined : a.dtype, typeof b === "number" ? undefined : b.dtype);
    const [x, y] = [a, b].map((it) => (typeof it === "number" ? this.constant(it, dtype) : this.cast(it, dtype)));
    const inputs = [needed(x), needed(y)] as const;
    return this.node(op, inputs, {}, { shape: broadcast(inputs[0].shape, inputs[1].shape), dtype: yields ?? dtype });
  }
  /** `Exp`, `Sqrt`, `Sigmoid`: the type stays. */
  unary(op: string, x: Tensor, attributes: Attributes = {}): Tensor {
    return this.node(op, [x], attributes);
  }
  /** `condition` is a bool. */
  where(condition: Tensor, yes: Tensor, no: Tensor): Tensor {
    const shape = broadcast(condition.shape, broadcast(yes.shape, no.shape));
    return this.node("Where", [condition, yes, no], {}, { shape, dtype: yes.dtype });
  }
  /** By the name that Keras's layers take; null is none, undefined is one that is not known. */
  activation(x: Tensor, name: Activation | string | null | undefined): Tensor {
    return activated(this, x, name);
  }
  cast(x: Tensor, dtype: ElementType): Tensor {
    if (x.dtype === dtype) return x;
    return this.node("Cast", [x], { to: { element: dtype } }, { shape: x.shape, dtype });
  }
  float(x: Tensor): Tensor {
    return this.cast(x, "float32");
  }

  // ---- contraction
  // ---------------------------------------------------------------------------------------------------

  /** As NumPy's: the last axis of `a` with the last but one of `b`; axes before them are broadcast. */
  matmul(a: Tensor, b: Tensor | undefined): Tensor {
    const [x, y] = [this.float(a), this.float(needed(b, "a weight"))];
    if (x.shape.length < 2 || y.shape.length < 2) refuse("a product of vectors is not lowered");
    if (x.shape.at(-1) !== y.shape.at(-2)) refuse(`a product of [${x.shape}] and [${y.shape}] does not fit`);
    const before = broadcast(x.shape.slice(0, -2), y.shape.slice(0, -2));
    return this.node("MatMul", [x, y], {}, { shape: [...before, x.shape.at(-2) ?? 1, y.shape.at(-1) ?? 1] });
  }
  /** `equation` as ONNX and NumPy write it; `shape` is what it yields. */
  einsum(equation: string, inputs: readonly Tensor[], shape: readonly number[]): Tensor {
    return this.node("Einsum", inputs, { equation }, { shape });
  }

  // ---- axes
  // ----------------------------------------------------------------------------------------------------------

  transpose(x: Tensor, ...perm: readonly number[]): Tensor {
    if (perm.every((axis, i) => axis === i)) return x;
    return this.node("Transpose", [x], { perm }, { shape: perm.map((axis) => needed(x.shape[axis])), dtype: x.dtype });
  }
  reshape(x: Tensor, shape: readonly number[]): Tensor {
    if (elements(x) !== elements({ shape })) refuse(`[${x.shape}] cannot become [${shape}]`);
    if (`${shape}` === `${x.shape}` && shape.length === x.shape.length) return x;
    // A 0 would mean "as it was".
    return this.node("Reshape", [x, this.integers(shape)], { allowzero: 1 }, { shape, dtype: x.dtype });
  }
  /** A new axis of size 1 before `axis`, which lies in [0, rank]. */
  expand(x: Tensor, axis: number): Tensor {
    return this.reshape(x, x.shape.toSpliced(axis, 0, 1));
  }
  /** Takes axes of size 1 away. */
  squeeze(x: Tensor, ...axes: readonly number[]): Tensor {
    const gone = new Set(axes.map((axis) => counted(axis, x.shape.length)));
    return this.reshape(
      x,
      x.shape.filter((_, i) => !gone.has(i)),
    );
  }
  /** Repeats axes of size 1, and puts new ones before. */
  broadcastTo(x: Tensor, shape: readonly number[]): Tensor {
    if (`${shape}` === `${x.shape}`) return x;
    return this.node("Expand", [x, this.integers(shape)], {}, { shape, dtype: x.dtype });
  }
  /** `repeats`: one for each axis. */
  tile(x: Tensor, repeats: readonly number[]): Tensor {
    const shape = x.shape.map((n, i) => n * (repeats[i] ?? 1));
    return this.node("Tile", [x, this.integers(repeats)], {}, { shape, dtype: x.dtype });
  }
  concat(xs: readonly Tensor[], axis: number): Tensor {
    const first = needed(xs[0]);
    if (xs.length === 1) return first;
    const at = counted(axis, first.shape.length);
    const sum = xs.reduce((total, it) => total + (it.shape[at] ?? 0), 0);
    return this.node("Concat", xs, { axis: at }, { shape: first.shape.with(at, sum), dtype: first.dtype });
  }
  /** As Python's `x[start:end]` along one axis, both counted from 0; backwards: `reverse`. */
  slice(x: Tensor, axis: number, start: number, end: number, step = 1): Tensor {
    const at = counted(axis, x.shape.length);
    const shape = x.shape.with(at, Math.max(0, Math.ceil((end - start) / step)));
    const inputs = [x, ...[[start], [end], [at], [step]].map((it) => this.integers(it))];
    return this.node("Slice", inputs, {}, { shape, dtype: x.dtype });
  }
  reverse(x: Tensor, axis: number): Tensor {
    const at = counted(axis, x.shape.length);
    const inputs = [x, ...[[-1], [Number.MIN_SAFE_INTEGER], [at], [-1]].map((it) => this.integers(it))];
    return this.node("Slice", inputs, {}, { shape: x.shape, dtype: x.dtype });
  }
  /** Pieces of these lengths along an axis. */
  split(x: Tensor, axis: number, lengths: readonly number[]): readonly Tensor[] {
    const at = counted(axis, x.shape.length);
    const yields = lengths.map((n) => ({ shape: x.shape.with(at, n), dtype: x.dtype }));
    return this.several("Split", [x, this.integers(lengths)], { axis: at }, yields).map((it) => needed(it));
  }
  /** The entries of `axis` that whole-number `indices` name; their axes take its place. */
  gather(x: Tensor, indices: Tensor, axis = 0): Tensor {
    const at = counted(axis, x.shape.length);
    const shape = x.shape.toSpliced(at, 1, ...indices.shape);
    return this.node("Gather", [x, indices], { axis: at }, { shape, dtype: x.dtype });
  }
  /** One entry of an axis, which goes away. */
  take(x: Tensor, axis: number, index: number): Tensor {
    return this.gather(x, this.constant(index, "int64"), axis);
  }
  /** `pads`: [before, behind] for each axis. */
  pad(x: Tensor, pads: readonly (readonly [number, number])[], value = 0, mode = "constant"): Tensor {
    if (pads.every(([before, behind]) => before === 0 && behind === 0)) return x;
    const flat = [...pads.map(([before]) => before), ...pads.map(([, behind]) => behind)];
    const shape = x.shape.map((n, i) => n + (pads[i]?.[0] ?? 0) + (pads[i]?.[1] ?? 0));
    const inputs = [x, this.integers(flat), mode === "constant" ? this.constant(value, x.dtype) : undefined];
    return this.node("Pad", inputs.slice(0, mode === "constant" ? 3 : 2), { mode }, { shape, dtype: x.dtype });
  }
  /** `ReduceMean`, `ReduceSum`, `ReduceMax`, … */
  reduce(op: `Reduce${string}`, x: Tensor, axes: readonly number[], keepdims = false): Tensor {
    const along = axes.map((axis) => counted(axis, x.shape.length));
    const shape = x.shape.flatMap((n, i) => (along.includes(i) ? (keepdims ? [1] : []) : [n]));
    const inputs = [x, this.integers(along)];
    return this.node(op, inputs, { keepdims: keepdims ? 1 : 0 }, { shape, dtype: x.dtype });
  }

  // ---- windows
  // -------------------------------------------------------------------------------------------------------

  /** `body` sees (batch, channels, …); its result is brought back to the format, whatever its rank. */
  channelsFirst(x: Tensor, format: DataFormat, body: (x: Tensor) => Tensor): Tensor {
    if (format === "channels_first") return body(x);
    const axes = x.shape.map((_, i) => i);
    const y = body(this.transpose(x, 0, axes.length - 1, ...axes.slice(1, -1)));
    const back = y.shape.map((_, i) => i);
    return this.transpose(y, 0, ...back.slice(2), 1);
  }
  /**
   * `Conv`, `MaxPool`, `AveragePool`: a window over the spatial axes of (batch, channels, …), with explicit pads.
   * `inputs` begin with what the window slides over.
   */
  slide(
    op: string,
    inputs: readonly (Tensor | undefined)[],
    channels: number,
    window: Window,
    more: Attributes = {},
  ): Tensor {
    const x = needed(inputs[0]);
    const spatial = x.shape.slice(2);
    const shape = [x.shape[0] ?? 1, channels, ...spatial.map((n, i) => slidLength(n, i, window))];
    return this.node(op, inputs, { ...windowAttributes(spatial, window), ...more }, { shape, dtype: x.dtype });
  }
}

const common = (a: ElementType | undefined, b: ElementType | undefined): ElementType =>
  a === undefined || b === undefined || a === b ? (a ?? b ?? "float32") : "float32";
const counted = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

/** The sizes that both become when sizes of 1 are repeated. */
export function broadcast(a: readonly number[], b: readonly number[]): readonly number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [m, n] = [a[a.length - rank + i] ?? 1, b[b.length - rank + i] ?? 1];
    if (m !== n && m !== 1 && n !== 1) refuse(`[${a}] and [${b}] cannot be broadcast together`);
    return m === 1 ? n : m;
  });
}
