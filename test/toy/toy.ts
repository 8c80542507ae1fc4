import { storeAttribute } from "../../core/interpreter/attributes.ts";
import type { Framework } from "../../core/interpreter/framework.ts";
import type { Machine } from "../../core/interpreter/machine.ts";
import * as values from "../../core/interpreter/values.ts";
import { hasRank, Shape, unknownRank } from "../../core/tensor/shape.ts";

/** A second framework, as small as one can be: `toy.randn(2, 3)` makes a tensor, `toy.Linear(4)(x)` another. */

type Value = values.Value;
const unfollowed = (): Value => values.unknown("a toy tensor does nothing else");
const family: values.TensorFamily = {
  name: "toy",
  isData: false,
  attribute: () => undefined,
  subscript: unfollowed,
  operator: unfollowed,
};
const tensor = (m: Machine, shape: values.TensorValue["shape"]): values.TensorValue => ({
  kind: "tensor",
  id: m.fresh(),
  shape,
  dtype: "float32",
  family,
  assumed: false,
  origin: m.here,
});
const randn = values.native("toy.randn", (m, { list }) =>
  tensor(m, new Shape(list.map(({ value }) => values.sizeOf(value) ?? 0))),
);
const init = values.nativeMethod("toy.Linear.__init__", (m, { list: [self, units] }) => {
  if (self?.value.kind === "instance" && units !== undefined) storeAttribute(m, self.value, "units", units.value);
  return values.NONE_VALUE;
});
const call = values.nativeMethod("toy.Linear.__call__", (m, { list: [self, x] }) => {
  const entry = self?.value.kind === "instance" ? m.read(self.value.id) : undefined;
  const units = entry?.kind === "attributes" ? values.sizeOf(entry.entries.get("units")) : undefined;
  if (x?.value.kind !== "tensor" || units === undefined) return values.unknown("Linear takes a toy tensor");
  const { shape } = x.value;
  m.note = { kind: "layer", type: "Linear", params: undefined };
  return tensor(m, hasRank(shape) ? new Shape([...shape.dims.slice(0, -1), units]) : unknownRank(shape.reason));
});
const Linear = values.nativeClass("toy.Linear", [], { __init__: init, __call__: call });

export const toy: Framework = {
  name: "toy",
  roots: ["toy"],
  resolve: (_, name) => ({ "toy.randn": randn, "toy.Linear": Linear })[name],
};
