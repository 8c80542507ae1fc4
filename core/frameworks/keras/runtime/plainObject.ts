import type { Machine } from "../../../interpreter/machine.ts";
import {
  type Args,
  type ClassValue,
  type NativeValue,
  NONE_VALUE,
  nativeClass,
  nativeMethod,
  stringOf,
  TRUE,
  unknown,
  type Value,
} from "../../../interpreter/values.ts";
import { hasRank } from "../../../tensor/shape.ts";
import { argument } from "../../operation/control.ts";
import { checkArguments } from "../rules/arguments.ts";
import { checkFileName } from "../rules/fileName.ts";
import { ignoredArguments } from "../rules/removedArgument.ts";
import { checkValues } from "../rules/values.ts";
import type { Signature } from "../signatures.ts";
import { type Bound, bind } from "./given.ts";
import { keepInitializer } from "./initializers.ts";
import { readDType, readShape } from "./input.ts";
import { addNames } from "./processState.ts";
import { EAGER, newTensor } from "./tensors.ts";

/**
 * An object of Keras's that shapes do not depend on: an optimizer, an initializer, a callback. Its arguments are kept.
 */
export const PLAIN: ClassValue = nativeClass("keras.Object", [], {
  __init__: nativeMethod("Object.__init__", (m, { list: [self, ...list] }) => {
    if (self?.value.kind === "instance") keepInitializer(m, self.value, { list });
    return NONE_VALUE;
  }),
  __getattr__: nativeMethod("Object.__getattr__", (_, { list: [, name] }) =>
    unknown(`${stringOf(name?.value) ?? "an attribute"} is not followed`),
  ),
  __call__: nativeMethod("Object.__call__", (m, { list: [self, ...list], open }) =>
    self?.value.kind === "instance" && self.value.class.qualifiedName.startsWith("keras.initializers.")
      ? initialized(m, self.value.class.name, open === undefined ? { list } : { list, open })
      : unknown("what it yields is not followed"),
  ),
});

/** `initializer(shape, dtype)`: a tensor of that shape. */
function initialized(m: Machine, type: string, args: Args): Value {
  const [shape, dtype] = [argument(args, "shape", 0), argument(args, "dtype", 1)];
  if (args.open !== undefined) return unknown(args.open);
  const made = readShape(m, shape);
  // An identity is a matrix.
  if (type.startsWith("Identity") && !(hasRank(made) && made.rank === 2)) return unknown("the shape is no matrix's");
  return newTensor(m, { shape: made, dtype: readDType(m, dtype) }, EAGER, false);
}

/** Its constructor: what Keras refuses of the arguments is reported. */
export const initPlain = (signature: Signature): NativeValue =>
  nativeMethod(`${signature.name}.__init__`, (m, { list: [self, ...list], open }) => {
    if (self?.value.kind === "instance") keepInitializer(m, self.value, { list });
    if (signature.name.endsWith(".CustomObjectScope")) addNames(m);
    checkMade(m, signature, open === undefined ? { list } : { list, open });
    return NONE_VALUE;
  });

/** Of the arguments that a class of Keras's is made with. */
export function checkMade(m: Machine, signature: Signature, args: Args): void {
  if (args.open !== undefined || signature.parameters === undefined) return;
  const bound = bind(signature, args);
  ignoredArguments(m, signature, args);
  if (checkArguments(m, signature, bound) || checkValues(m, signature, bound.args)) return;
  if (signature.name === "keras.callbacks.ModelCheckpoint") checkCheckpoint(m, bound.args);
}

function checkCheckpoint(m: Machine, { filepath, save_weights_only: flag }: Bound["args"]): void {
  if (flag === undefined || flag.value.kind === "bool")
    checkFileName(m, flag?.value === TRUE ? "weights" : "checkpoint", filepath);
}
