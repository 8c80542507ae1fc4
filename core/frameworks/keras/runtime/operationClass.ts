import { callMethod } from "../../../interpreter/calls.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { type Args, type Instance, NONE_VALUE, nativeClass, unknown, type Value } from "../../../interpreter/values.ts";
import { graphOperation } from "./graph.ts";
import { method } from "./layerObject.ts";
import { flatTensors } from "./parts.ts";
import { PLAIN } from "./plainObject.ts";
import { isSymbolic } from "./tensors.ts";

/** `keras.Operation`: on symbolic tensors its class says what comes out, on data its `call` is run. */

const tensorsIn = (m: Machine, { list }: Args) => list.flatMap(({ value }) => flatTensors(m, value) ?? []);

function symbolicCall(m: Machine, self: Instance, args: Args): Value {
  const said = callMethod(m, self, "compute_output_spec", args) ?? unknown("no compute_output_spec");
  const outputs = flatTensors(m, said) ?? [];
  if (outputs.length > 0) graphOperation(m, self.class.name, tensorsIn(m, args).filter(isSymbolic), outputs);
  return said;
}

export const OPERATION = nativeClass("keras.Operation", [PLAIN], {
  __init__: method("Operation.__init__", () => NONE_VALUE),
  __call__: method("Operation.__call__", (m, self, args) =>
    tensorsIn(m, args).some(isSymbolic)
      ? symbolicCall(m, self, args)
      : (callMethod(m, self, "call", args) ?? unknown("it has no call")),
  ),
  symbolic_call: method("Operation.symbolic_call", symbolicCall),
  call: method("Operation.call", () => unknown("an operation without a call of its own")),
  compute_output_spec: method("Operation.compute_output_spec", () =>
    unknown("what an operation yields that has no compute_output_spec is not followed"),
  ),
});
