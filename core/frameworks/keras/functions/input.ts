import type { Machine } from "../../../interpreter/machine.ts";
import { type Arg, type Args, NONE_VALUE, native, stringOf, TRUE } from "../../../interpreter/values.ts";
import { type AnyShape, unknownRank } from "../../../tensor/shape.ts";
import { lackingShape } from "../rules/shapeGiven.ts";
import { checkInputType } from "../rules/values.ts";
import { bind } from "../runtime/given.ts";
import { batched, givenShape, readDim, readDType } from "../runtime/input.ts";
import { makeInput } from "../runtime/inputLayer.ts";
import { lookup } from "../signatures.ts";

/** `keras.Input(…)`: a symbolic tensor of a model's. */
export const INPUT = native("keras.Input", (m, args) => {
  const signature = lookup("keras.Input");
  const { args: given } = bind(signature ?? { parameters: [], keywords: "*" }, args);
  const whole = given["batch_shape"];
  const existing = given["tensor"]?.value;
  if (existing !== undefined && existing.kind === "tensor") return existing;
  const type =
    whole === undefined || whole.value.kind === "none"
      ? batched(shapeOfSample(m, given, args), readDim(given["batch_size"]?.value ?? NONE_VALUE))
      : givenShape(m, "batch_shape", whole);
  const dtype = given["dtype"]?.value;
  checkInputType(m, given["dtype"]);
  const made = makeInput(
    m,
    { shape: type, dtype: readDType(m, dtype) },
    { name: stringOf(given["name"]?.value), ragged: given["ragged"]?.value === TRUE, args: shapeArguments(given) },
  );
  m.note = { kind: "layer", type: "InputLayer", params: 0 };
  return made.tensor;
});

function shapeOfSample(m: Machine, given: Readonly<Record<string, Arg>>, args: Args): AnyShape {
  const shape = given["shape"];
  return shape === undefined || shape.value.kind === "none"
    ? unknownRank(lackingShape(m, given, args))
    : givenShape(m, "shape", shape);
}
const shapeArguments = (given: Readonly<Record<string, Arg>>): Readonly<Record<string, Arg>> =>
  Object.fromEntries(Object.entries(given).filter(([name]) => name === "shape" || name === "batch_shape"));
