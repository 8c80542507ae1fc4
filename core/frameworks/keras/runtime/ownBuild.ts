import { memberOf, storeAttribute } from "../../../interpreter/attributes.ts";
import { callMethod } from "../../../interpreter/calls.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { type Args, type Instance, NONE_VALUE } from "../../../interpreter/values.ts";
import { versionIn } from "../version.ts";
import { inside } from "./inside.ts";
import { method } from "./layerObject.ts";
import { flatTensors } from "./parts.ts";
import { type LayerRecord, recordOf, updateRecord } from "./records.ts";
import { autocast, build } from "./userLayer.ts";

/**
 * Keras 3 puts another function in the place of a class's own `build` when an object is made (`Layer.__new__`): whoever
 * calls it, the layer is built then, and its call does not build it once more.
 */
export function keepBuild(m: Machine, self: Instance): void {
  const member = memberOf(m, self.class, "build");
  if (versionIn(m) !== 3 || member?.value.kind !== "function") return;
  storeAttribute(m, self, "build", { kind: "method", self, function: OWN_BUILD });
}
const OWN_BUILD = method("Layer.build", (m, self, args) => {
  const result = callMethod(m, self, "build", args);
  updateRecord(m, self, { built: true });
  autocast(m, self);
  return result ?? NONE_VALUE;
});

/** A class that derives from a layer of Keras's and only says what else is built: that runs before Keras's own call. */
export function builtBefore(m: Machine, self: Instance, record: LayerRecord, args: Args): LayerRecord {
  const isKeras = self.class.members !== undefined;
  if (record.built || isKeras || record.declared === undefined) return record;
  if (memberOf(m, self.class, "build")?.value.kind !== "function") return record;
  if (!args.list.some(({ value }) => (flatTensors(m, value)?.length ?? 0) > 0)) return record;
  inside(m, undefined, () => build(m, self, args));
  return recordOf(m, self) ?? record;
}
