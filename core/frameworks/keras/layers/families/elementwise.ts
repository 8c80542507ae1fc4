/** What Add, Subtract, Multiply, Average, Maximum and Minimum share. Source: keras.src.layers.merging.base_merge. */
import { type Builder, masked, type Tensor } from "../../../../lowering/builder.ts";
import { broadcastDims, provablyClash } from "../../../../tensor/broadcast.ts";
import { type Dim, isNamed, isUnknown, NONE, provablyDifferent, unknown } from "../../../../tensor/dim.ts";
import { type DType, isFloat } from "../../../../tensor/dtype.ts";
import { printShape, Shape } from "../../../../tensor/shape.ts";
import { check, type LayerDeclaration, merging, type Surroundings, type Violation } from "../../define.ts";
import { resultType } from "../../promotion.ts";
import { numbersInKeras2 } from "./autocast.ts";
import { merged, type Step } from "./merged.ts";

/** Autocast turns floats into the compute dtype and leaves the rest. */
export const cast = (dtype: DType | undefined, compute: DType | undefined): DType | undefined =>
  dtype !== undefined && isFloat(dtype) ? compute : dtype;

/** The dtype of inputs that meet: what a run gives, though the symbolic form says the compute dtype. */
export function meeting({ dtypes, compute }: Surroundings): DType | undefined {
  const types = dtypes.map((it) => cast(it, compute)).filter((it) => it !== undefined);
  return types.length === dtypes.length ? resultType(types) : undefined;
}

export const listed = (xs: readonly Shape[]): string => xs.map(printShape).join(" and ");

/** Symbolically `None` wins over everything, even over a size that it would have to be. */
function stretched(a: Dim, b: Dim): Dim {
  if (a === NONE || b === NONE) return NONE;
  if (a === 1 || b === 1) return a === 1 ? b : a;
  if (isNamed(a) || isNamed(b)) return broadcastDims(a, b);
  return isUnknown(a) || isUnknown(b) ? unknown("either side may be None or 1") : broadcastDims(a, b);
}

/** Aligned at the last axis, the batch axis left aside. */
function stretchedAll(a: Shape, b: Shape, meet: (a: Dim, b: Dim) => Dim): Shape {
  const [long, short] = a.rank < b.rank ? [b, a] : [a, b];
  const ahead = long.rank - short.rank;
  return long.map((dim, i) => (i < ahead ? dim : meet(dim, short.at(i - ahead))));
}

/** Tensors of TensorFlow's meet, as always in Keras 2: their `None` is the size that it would have to be. */
export const meetsTensors = ({ keras, eager }: Surroundings): boolean => keras === 2 || eager === true;

/** TensorFlow's operations, which Keras 2 calls as they are, turn no whole number into a float. */
export function dtypesMeet(name: string, { keras, dtypes, compute }: Surroundings): readonly Violation[] {
  const types = dtypes.map((it) => cast(it, compute));
  const other = types.find((it) => it !== undefined && types[0] !== undefined && it !== types[0]);
  const words = `${name} needs inputs of one dtype in Keras 2; these are ${types.join(" and ")}: cast one of them`;
  return check(keras !== 2 || other === undefined, "dtypes-equal", `${words}.`);
}

/** The one batch size that is not `None`. */
function batchOf(xs: readonly Shape[]): Dim {
  const sizes = xs.map((x) => x.batch).filter((it) => it !== NONE);
  return sizes.find((it) => !isUnknown(it)) ?? sizes[0] ?? NONE;
}

export function batchesAgree(xs: readonly Shape[]): readonly Violation[] {
  const sizes = xs.map((x) => x.batch);
  const agree = sizes.every((a) => sizes.every((b) => !provablyDifferent(a, b)));
  const message = `The inputs ${listed(xs)} differ in their batch size, the first axis; merging goes sample by sample.`;
  return check(agree, "batch-sizes-equal", message, { code: "incompatible-shapes" });
}

/** Folds the inputs as Keras does: the third meets what the first two gave. */
function clash(xs: readonly Shape[], meet: (a: Dim, b: Dim) => Dim): boolean {
  let sum = xs[0]?.slice(1) ?? new Shape([]);
  for (const x of xs.slice(1)) {
    const next = x.slice(1);
    const shared = Math.min(sum.rank, next.rank);
    for (let axis = 1; axis <= shared; axis++) if (provablyClash(sum.at(-axis), next.at(-axis))) return true;
    sum = stretchedAll(sum, next, meet);
  }
  return false;
}

/** How two sizes meet. */
const meetOf = (at: Surroundings) => (meetsTensors(at) ? broadcastDims : stretched);

export function stretches(name: string, xs: readonly Shape[], at: Surroundings): readonly Violation[] {
  const message = `${name} needs inputs of one shape, or axes of size 1 that can be repeated; these are ${listed(xs)}.`;
  return check(!clash(xs, meetOf(at)), "shapes-broadcast", message, { code: "incompatible-shapes" });
}

interface Elementwise {
  readonly summary: string;
  readonly example: string;
  /** How many inputs it takes, where that is fixed. */
  readonly count?: number;
  /** False where it refuses truth values when it runs. */
  readonly bool?: false;
  dtype?(at: Surroundings): DType | undefined;
  /** How two of them merge, and what is done with the result of `n`. */
  readonly step: Step;
  /** Masked elements are left out, or replaced. */
  readonly heedsMasks?: boolean;
  finish?(g: Builder, y: Tensor, n: number): Tensor;
}
export const elementwise = (
  name: string,
  { summary, example, count, bool, dtype, step, heedsMasks, finish }: Elementwise,
): LayerDeclaration =>
  merging(name, {
    summary,
    args: {},
    requires: (_, xs, at) => [
      ...check(count === undefined || xs.length === count, "input-count", `${name} takes exactly ${count} inputs.`),
      ...batchesAgree(xs),
      ...stretches(name, xs, at),
      ...dtypesMeet(name, at),
      ...check(
        !at.eager || bool !== false || meeting(at) !== "bool",
        "numbers",
        `${name} does arithmetic, and its inputs are bool.`,
      ),
      ...(name === "Multiply" ? [] : numbersInKeras2(name, at)),
    ],
    output: (_, xs, at) => {
      const [first = new Shape([]), ...others] = xs.map((x) => x.slice(1));
      return new Shape([batchOf(xs), ...others.reduce((a, b) => stretchedAll(a, b, meetOf(at)), first)]);
    },
    // TensorFlow refuses bool when it runs, and JAX does not: what the symbolic form says stands.
    dtype: (_, at) => (meeting(at) === "bool" && at.keras !== 2 ? at.compute : (dtype ?? meeting)(at)),
    lower: (g, _, xs, __, at) => {
      const y = merged(g, xs, step, heedsMasks !== true, at);
      return finish ? masked(finish(g, y, xs.length), y.mask) : y;
    },
    example,
  });
