import type { Machine } from "../../../interpreter/machine.ts";
import type { Supposition } from "../../../interpreter/reading.ts";
import type { Args, Instance, Value } from "../../../interpreter/values.ts";
import type { Expression } from "../../../python/syntax.ts";
import { namedSize, unknown as unknownDim } from "../../../tensor/dim.ts";
import type { DType } from "../../../tensor/dtype.ts";
import { type AnyShape, Shape, unknownRank } from "../../../tensor/shape.ts";
import { callLayer } from "./layerCall.ts";
import { recordOf } from "./records.ts";
import { EAGER, newTensor } from "./tensors.ts";

/** What Keras brings to functions that nobody calls: their tensors, and the use of a layer that nobody uses. */

export const suppliedTensor = (m: Machine, shape: AnyShape, dtype: DType | undefined): Value =>
  newTensor(m, { shape, dtype }, EAGER, false);

/** A layer is called; what its `call` takes first is its input. */
export function exercise(m: Machine, self: Instance, argumentsOf: (method: string) => Args | undefined): void {
  if (recordOf(m, self) === undefined) return;
  const args = argumentsOf("call");
  if (args !== undefined) callLayer(m, self, args);
}

const TENSOR_NAMES = /(?:^|\.)(?:KerasTensor|Tensor|TensorLike|tf\.Tensor)$/;

/** `x: keras.KerasTensor`, `x: tf.Tensor`, `x: "tf.Tensor"`, `x: Float[Array, "batch time 64"]`. */
export function annotatedTensor(_: Machine, annotation: Expression): Supposition | undefined {
  if (annotation.kind === "Subscript") return jaxtyped(annotation.object, annotation.index);
  const name =
    annotation.kind === "Constant" && annotation.value.kind === "str" ? annotation.value.value : dotted(annotation);
  return name !== undefined && TENSOR_NAMES.test(name) ? { kind: "tensor" } : undefined;
}
function dotted(node: Expression): string | undefined {
  if (node.kind === "Name") return node.name;
  const object = node.kind === "Attribute" ? dotted(node.object) : undefined;
  return node.kind === "Attribute" && object !== undefined ? `${object}.${node.name}` : undefined;
}

/** jaxtyping's classes by what they say of the dtype; those of several say nothing. */
const JAXTYPES: ReadonlyMap<string, DType | undefined> = new Map<string, DType | undefined>([
  ...["Float", "Num", "Real", "Inexact", "Shaped", "Int", "UInt", "Integer", "Complex", "Key"].map(
    (it): [string, undefined] => [it, undefined],
  ),
  ["Bool", "bool"],
  ...(["float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16"] as const).map(
    (it): [string, DType] => [
      it.replace(/^(u?)(.)/, (_, u, first) => `${u.toUpperCase()}${u === "" ? first.toUpperCase() : first}`),
      it,
    ],
  ),
]);

function jaxtyped(object: Expression, index: Expression): Supposition | undefined {
  const name = dotted(object)?.split(".").at(-1) ?? "";
  const said = index.kind === "Tuple" ? index.items[1] : undefined;
  if (!JAXTYPES.has(name) || said?.kind !== "Constant" || said.value.kind !== "str") return undefined;
  return { kind: "tensor", shape: jaxShape(said.value.value), dtype: JAXTYPES.get(name) };
}

/** As jaxtyping writes a shape: names and numbers with spaces between, and marks before them. */
export function jaxShape(text: string): AnyShape {
  const words = text.split(/\s+/).filter((it) => it !== "");
  const dims = words.map((word) => {
    const plain = word.replace(/^[#?*_]*/, "").replace(/^\w+=/, "");
    if (/^[#*_]/.test(word) || plain === "...") return unknownDim(`the annotation says ${word}`);
    if (/^\d+$/.test(plain)) return Number(plain);
    return /^[A-Za-z]\w*$/.test(plain) ? namedSize(plain, plain) : unknownDim(`the annotation says ${word}`);
  });
  const isOpen = words.some((word) => word === "..." || word.startsWith("*"));
  return isOpen ? unknownRank("the annotation leaves the rank open", { last: dims.at(-1) }) : new Shape(dims);
}
