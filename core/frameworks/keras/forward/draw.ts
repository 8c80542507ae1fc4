import type { Drawing } from "../../../graph/drawing.ts";
import { Raised } from "../../../interpreter/exits.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import type { Instance, Place } from "../../../interpreter/values.ts";
import { NONE } from "../../../tensor/dim.ts";
import { hasRank } from "../../../tensor/shape.ts";
import { callLayer } from "../runtime/layerCall.ts";
import { recordOf } from "../runtime/records.ts";
import { EAGER, newTensor } from "../runtime/tensors.ts";
import { Drawer } from "./drawer.ts";
import { argumentsFor, nameOf, typesOf } from "./inputs.ts";
import { NOT_FOLLOWED, raises, whyUnknown } from "./reasons.ts";

/** Runs a model once more, aside from the analysis, on tensors like those that it is made for, and draws what runs. */
export function drawModel(m: Machine, self: Instance, name: string): Drawing<Place> {
  const record = recordOf(m, self);
  const drawer = new Drawer(m, self);
  if (record === undefined) return drawer.drawing(name, NOT_FOLLOWED);
  const types = typesOf(record);
  if (types === undefined || types.length === 0) return drawer.drawing(name, whyUnknown(record));
  // As Keras traces it, where a size is left open.
  const tracing = types.some(({ shape }) => hasRank(shape) && shape.dims.includes(NONE)) ? 1 : 0;
  const problem = m.aside(drawer.tracer, () => {
    const inputs = types.map((type) => newTensor(m, type, EAGER, false));
    for (const [i, tensor] of inputs.entries()) drawer.input(tensor, nameOf(m, record, i, inputs.length));
    m.tracing += tracing;
    try {
      const value = callLayer(m, self, argumentsFor(m, record, inputs));
      return value.kind === "unknown" ? value.reason : undefined;
    } catch (thrown) {
      if (thrown instanceof Raised) return raises(record);
      throw thrown;
    } finally {
      m.tracing -= tracing;
    }
  });
  return drawer.drawing(name, problem);
}
