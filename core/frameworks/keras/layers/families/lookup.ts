import { type Builder, masked, type Tensor } from "../../../../lowering/builder.ts";

/** A row of the table for every whole number; with `masksZero` the number 0 stands for a step that does not count. */
export function lookedUp(g: Builder, table: Tensor, x: Tensor, masksZero: boolean): Tensor {
  const y = g.gather(table, x.dtype === "int64" ? x : g.cast(x, "int32"));
  return masksZero ? masked(y, g.unary("Not", g.binary("Equal", x, 0, "bool"))) : y;
}
