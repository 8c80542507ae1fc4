import { makeList } from "../../../interpreter/containers.ts";
import { iterate } from "../../../interpreter/iterate.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { type Args, type Instance, NONE_VALUE, positional, unknown, type Value } from "../../../interpreter/values.ts";
import { unknownRank } from "../../../tensor/shape.ts";
import type { TensorType } from "../../../tensor/type.ts";
import { LAYERS } from "../layers/index.ts";
import { readShape } from "./input.ts";
import { callDeclared, callLayer, infer } from "./layerCall.ts";
import { callModel } from "./modelCall.ts";
import { flatTensors } from "./parts.ts";
import { policyOf } from "./policy.ts";
import { type LayerRecord, recordOf, setRecord, updateRecord } from "./records.ts";
import { EAGER, isSymbolic, newTensor, typeOf } from "./tensors.ts";
import { shapesOf, shapeValue } from "./userLayer.ts";

/** What `__call__` does by itself, where the program does it: `layer.build(shape)`, `super().call(x)`. */

/** One shape, or several in a list. */
function shapesIn(m: Machine, value: Value): readonly Value[] {
  if (value.kind !== "tuple" && value.kind !== "list") return [value];
  const { items } = iterate(m, value);
  return items.some((it) => it.kind === "tuple" || it.kind === "list") ? items : [value];
}

function typesOf(m: Machine, record: LayerRecord, shapes: Args): readonly TensorType[] {
  const dtype = policyOf(m, record).compute;
  const given = shapes.list.flatMap(({ value }) => (value.kind === "none" ? [] : shapesIn(m, value)));
  // What an Embedding holds is said by its arguments alone, so programs build it for nothing in particular.
  if (given.length === 0) return [{ shape: unknownRank("it is built for no shape"), dtype }];
  return given.map((it) => ({ shape: readShape(m, it), dtype }));
}

/** `Layer.build`: of a layer that Keras has, it makes the weights. */
export function buildLayer(m: Machine, self: Instance, shapes: Args): Value {
  const record = recordOf(m, self);
  if (record === undefined) return NONE_VALUE;
  const types = typesOf(m, record, shapes);
  const isOwn = record.declared !== undefined && record.declared !== "Lambda" && record.model === undefined;
  if (isOwn && LAYERS.has(record.declared ?? "")) makeWeights(m, self, record, types);
  else updateRecord(m, self, { built: true });
  return NONE_VALUE;
}

/** A class of the user's may have weights of its own by then. */
function makeWeights(m: Machine, self: Instance, record: LayerRecord, types: readonly TensorType[]): void {
  if (record.weights.length > 0 && record.weights.length > (record.added?.length ?? 0)) return;
  updateRecord(m, self, { built: false });
  infer(m, self, { ...record, built: false }, types, {}, true);
}

/** `super().call(x)` in a class that derives from a layer of Keras's or that is a functional model, or on data. */
export function callInside(m: Machine, self: Instance, args: Args): Value {
  const record = recordOf(m, self);
  if (record === undefined) return unknown("this layer's constructor was not followed");
  if (record.model !== undefined && record.model.kind !== "subclass")
    return callModel(m, self, record, record.model, args);
  if (record.declared === undefined || record.declared === "Lambda" || record.model !== undefined)
    return unknown(`${self.class.name} has no call()`);
  const tensors = args.list.flatMap(({ value }) => flatTensors(m, value) ?? []);
  if (tensors.some(isSymbolic)) return unknown("call() of a layer on symbolic tensors is not followed");
  return callDeclared(m, self, record, args);
}

/** `compute_output_shape(shape)`: `__call__` with shapes alone, which makes no weights. */
export function outputShape(m: Machine, self: Instance, args: Args): Value {
  const [input] = args.list;
  const before = recordOf(m, self);
  if (input === undefined || before === undefined) return unknown("no input shape");
  const given = shapesIn(m, input.value).map((it) =>
    newTensor(m, { shape: readShape(m, it), dtype: policyOf(m, before).compute }, EAGER, true),
  );
  const several = shapesIn(m, input.value)[0] !== input.value;
  const [first] = given;
  if (first === undefined) return unknown("no input shape");
  m.quiet++;
  try {
    if (before.declared !== undefined && before.declared !== "Lambda" && LAYERS.has(before.declared)) {
      const { outputs } = infer(m, self, before, given.map(typeOf), {}, true);
      if (outputs === undefined) return unknown("the output's shape is not known");
      return "shape" in outputs
        ? shapeValue(outputs.shape)
        : makeList(
            m,
            outputs.map((it) => shapeValue(it.shape)),
          );
    }
    const out = callLayer(m, self, positional(several ? makeList(m, given) : first));
    return flatTensors(m, out) === undefined ? unknown("the output's shape is not known") : shapesOf(m, out);
  } finally {
    m.quiet--;
    if (!before.built) setRecord(m, self, before);
  }
}
