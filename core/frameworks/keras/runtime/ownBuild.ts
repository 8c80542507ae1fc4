import { memberOf, storeAttribute } from "../../../interpreter/attributes.ts";
import { callMethod } from "../../../interpreter/calls.ts";
import type { Machine } from "../../../interpreter/machine.ts";
import { type Instance, NONE_VALUE } from "../../../interpreter/values.ts";
import { versionIn } from "../version.ts";
import { method } from "./layerObject.ts";
import { updateRecord } from "./records.ts";
import { autocast } from "./userLayer.ts";

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
