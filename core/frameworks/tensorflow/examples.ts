import { storeAttribute } from "../../interpreter/attributes.ts";
import { dictOf, makeDict } from "../../interpreter/containers.ts";
import type { DictEntry } from "../../interpreter/heap.ts";
import type { Machine } from "../../interpreter/machine.ts";
import {
  type Args,
  NONE_VALUE,
  native,
  nativeClass,
  nativeMethod,
  unknown,
  type Value,
} from "../../interpreter/values.ts";
import { withRank } from "../../tensor/conflict.ts";
import { type Dim, unknown as unknownDim } from "../../tensor/dim.ts";
import { type AnyShape, Shape, unknownRank } from "../../tensor/shape.ts";
import { argument } from "../operation/control.ts";
import { dtypeOf } from "../operation/dtypes.ts";
import { operandOf } from "../operation/operand.ts";
import { tensor } from "../operation.ts";
import { EAGER } from "./eagerTensor.ts";
import { TENSORFLOW } from "./library.ts";
import { dimsOf } from "./tensorShape.ts";

/** Records of a TFRecord file: what is said of their features is what comes out of them. */

/** `tf.io.FixedLenFeature(shape, dtype)`; a sequence has as many of that shape as the record holds. */
const feature = (name: string) =>
  nativeClass(`tensorflow.io.${name}`, [], {
    __init__: nativeMethod(`tensorflow.io.${name}.__init__`, (m, { list: [self, ...list] }) => {
      if (self?.value.kind !== "instance") return NONE_VALUE;
      storeAttribute(m, self.value, "shape", argument({ list }, "shape", 0));
      storeAttribute(m, self.value, "dtype", argument({ list }, "dtype", 1));
      return NONE_VALUE;
    }),
  });
const FIXED = feature("FixedLenFeature");
const SEQUENCE = feature("FixedLenSequenceFeature");

/** One feature's tensor, behind the axes of the records. */
function parsed(m: Machine, said: Value, records: AnyShape): Value {
  if (said.kind !== "instance" || (said.class !== FIXED && said.class !== SEQUENCE))
    return unknown("a sparse tensor is not followed");
  const object = m.read(said.id);
  const entries = object?.kind === "attributes" ? object.entries : undefined;
  const [shape, dtype] = [entries?.get("shape"), entries?.get("dtype")];
  const several: readonly Dim[] = said.class === SEQUENCE ? [unknownDim("as many as the record holds")] : [];
  const isShape = shape?.kind === "list" || shape?.kind === "tuple";
  const own: readonly Dim[] | undefined = shape?.kind === "int" ? [shape.size] : isShape ? dimsOf(m, shape) : undefined;
  return tensor(
    m,
    EAGER,
    own === undefined
      ? unknownRank("the feature's shape is not known")
      : (withRank(records, (it) => it.concat([...several, ...own])) as AnyShape),
    dtype === undefined ? undefined : (dtypeOf(dtype, TENSORFLOW) ?? undefined),
  );
}
function parse(m: Machine, args: Args, isSingle: boolean): Value {
  const features = argument(args, "features", 1);
  if (features.kind !== "dict") return unknown("the features are not known");
  const { entries, open } = dictOf(m, features);
  const serialized = operandOf(m, argument(args, "serialized", 0)).shape;
  const records = isSingle ? new Shape([]) : serialized;
  const found = [...entries].map(([hash, it]): [string, DictEntry] => [
    hash,
    { ...it, value: parsed(m, it.value, records) },
  ]);
  return makeDict(m, new Map(found), open);
}

export const EXAMPLES: readonly (readonly [string, Value])[] = [
  ["tensorflow.io.FixedLenFeature", FIXED],
  ["tensorflow.io.FixedLenSequenceFeature", SEQUENCE],
  ["tensorflow.io.VarLenFeature", nativeClass("tensorflow.io.VarLenFeature", [], { __init__: quietInit() })],
  [
    "tensorflow.io.parse_single_example",
    native("tensorflow.io.parse_single_example", (m, args) => parse(m, args, true)),
  ],
  ["tensorflow.io.parse_example", native("tensorflow.io.parse_example", (m, args) => parse(m, args, false))],
];
function quietInit() {
  return nativeMethod("tensorflow.io.VarLenFeature.__init__", () => NONE_VALUE);
}
