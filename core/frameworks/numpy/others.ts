import { drawnBetween } from "../../interpreter/drawn.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type Arg,
  type Args,
  type ClassValue,
  float,
  int,
  type NativeValue,
  NONE_VALUE,
  native,
  nativeClass,
  nativeMethod,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { minus, product, unknown as unknownDim } from "../../tensor/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import { hasRank } from "../../tensor/shape.ts";
import { dtypeOf, dtypeValue } from "../operation/dtypes.ts";
import { sizeTuple } from "../operation/indexing.ts";
import { operandOf, sizesOf } from "../operation/operand.ts";
import { callable, type Operation, tensor } from "../operation.ts";
import { ARRAY, NDARRAY } from "./array.ts";
import { NUMPY } from "./library.ts";
import { REDUCTION } from "./ops/reduction.ts";
import { RANDOM } from "./random.ts";
import { declared } from "./rules.ts";
import { SHUFFLE, WRITING } from "./writes.ts";

/** What of NumPy is no array function: types, constants, generators, files. */

/** `np.float32`: a type that can be called and that names a dtype. */
export const scalarType = (name: string, dtype: DType): ClassValue =>
  nativeClass(`numpy.${name}`, [], {
    __new__: {
      kind: "static",
      function: nativeMethod(`numpy.${name}`, (m, { list: [, value] }) => {
        const from = operandOf(m, value?.value ?? int(0));
        const known = from.values === undefined ? undefined : { values: from.values };
        return tensor(m, ARRAY, from.shape, dtype, { facts: known });
      }),
    },
    name: { kind: "str", value: dtype },
  });

const only = ({ list: [first] }: Args): Value => first?.value ?? NONE_VALUE;
const reduceAll = new Map(
  declared("numpy.", { prod: REDUCTION["prod"], sum: REDUCTION["sum"] } as typeof REDUCTION).map((op) => [
    op.name,
    callable(NUMPY, op),
  ]),
);

/** Of sizes that a program has as plain integers: `np.prod(x.shape[1:])` is one more. */
const ofSizes = (name: "numpy.prod" | "numpy.sum"): NativeValue =>
  native(name, (m, args) => {
    const value = only(args);
    const sizes = value.kind === "tuple" || value.kind === "list" ? sizesOf(operandOf(m, value)) : undefined;
    if (name === "numpy.prod" && args.list.length === 1 && sizes !== undefined) return int(product(sizes));
    return reduceAll.get(name)?.call(m, args) ?? unknown(name);
  });

const shapeOf = native("numpy.shape", (m, args) => {
  const { shape } = operandOf(m, only(args));
  return hasRank(shape) ? sizeTuple(shape) : unknown(shape.reason);
});
const rankOf = native("numpy.ndim", (m, args) => {
  const { shape } = operandOf(m, only(args));
  return hasRank(shape) ? int(shape.rank) : unknown(shape.reason);
});
const sizeOf = native("numpy.size", (m, args) => {
  const { shape } = operandOf(m, only(args));
  return hasRank(shape) && args.list.length === 1 ? int(product(shape)) : unknown("how many elements there are");
});

/** Any whole number that `randint(high)` and `randint(low, high)` may give: a size with a name, another each time. */
function anyBelow(m: Machine, name: string, args: Args, reason: string): Value {
  const [one, two] = ["low", "high"].map((it, i) => args.list.find(({ name: said }) => said === it) ?? loose(args, i));
  const isPlain = /\.(?:randint|integers)$/.test(name) && args.list.every((it) => it.name !== "endpoint");
  const [low, high] = two === undefined || two.value.kind === "none" ? [int(0), one?.value] : [one?.value, two.value];
  if (!isPlain || low?.kind !== "int" || high?.kind !== "int") return int(unknownDim(reason));
  return int(drawnBetween(m, low.size, minus(high.size, 1)) ?? unknownDim(reason));
}
const loose = ({ list }: Args, i: number): Arg | undefined => list.filter(({ name }) => name === undefined)[i];

/** One number drawn at random is a plain one. */
export const drawing = (op: Operation): NativeValue => {
  const { call } = callable(NUMPY, op);
  return native(op.name, (m, args) => {
    const drawn = call(m, args);
    if (drawn.kind !== "tensor" || !hasRank(drawn.shape) || drawn.shape.rank > 0) return drawn;
    const reason = "a number drawn at random";
    return drawn.dtype?.startsWith("float") === true ? unknown(reason, "float") : anyBelow(m, op.name, args, reason);
  });
};

/** A generator's methods are the functions of np.random. */
const GENERATOR: ClassValue = nativeClass(
  "numpy.random.Generator",
  [],
  Object.fromEntries([
    ...declared("numpy.random.Generator.", RANDOM).map((op): [string, Value] => {
      const { call } = drawing(op);
      const method = nativeMethod(op.name, (m, args) => call(m, { ...args, list: args.list.slice(1) }));
      return [op.name.slice("numpy.random.Generator.".length), method];
    }),
    ["shuffle", SHUFFLE],
    ["seed", nativeMethod("Generator.seed", () => NONE_VALUE)],
    ["__init__", nativeMethod("Generator.__init__", () => NONE_VALUE)],
  ]),
);
const generator = (name: string): NativeValue =>
  native(name, (m) => ({
    kind: "instance",
    id: m.allocate({ kind: "attributes", entries: new Map() }),
    class: GENERATOR,
  }));

const quiet = (name: string): readonly [string, Value] => [`numpy.${name}`, native(`numpy.${name}`, () => NONE_VALUE)];
const makeDtype = native("numpy.dtype", (_, args) => {
  const dtype = dtypeOf(only(args), NUMPY);
  return dtype === null ? unknown("a dtype that is not known") : dtypeValue(dtype);
});

const undecided = (name: string): readonly [string, Value] => [
  name,
  native(`numpy.${name}`, () => unknown("what the arrays hold decides", "bool")),
];

const entries: readonly (readonly [string, Value])[] = [
  ["prod", ofSizes("numpy.prod")],
  ["shape", shapeOf],
  ["ndim", rankOf],
  ["size", sizeOf],
  ["dtype", makeDtype],
  undecided("allclose"),
  undecided("array_equal"),
  ["newaxis", NONE_VALUE],
  ...["allclose", "equal", "almost_equal", "array_equal", "array_almost_equal", "array_less"].map(
    (it): readonly [string, Value] => [`testing.assert_${it}`, native(`numpy.testing.assert_${it}`, () => NONE_VALUE)],
  ),
  ["pi", float(Math.PI)],
  ["e", float(Math.E)],
  ["inf", float(Number.POSITIVE_INFINITY)],
  ["nan", float(Number.NaN)],
  ["ndarray", NDARRAY],
  ["generic", nativeClass("numpy.generic", [], {})],
  ["integer", nativeClass("numpy.integer", [], {})],
  ["floating", nativeClass("numpy.floating", [], {})],
  ["random.default_rng", generator("numpy.random.default_rng")],
  ["random.RandomState", generator("numpy.random.RandomState")],
];

export const FUNCTIONS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...WRITING,
  ...entries.map(([name, value]) => [`numpy.${name}`, value] as const),
  ...["random.seed", "set_printoptions", "save", "savez", "savez_compressed", "savetxt", "seterr"].map(quiet),
]);
