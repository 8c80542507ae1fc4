import type { LoweredRow } from "./lowering.ts";

/** The places of rows in the order in which they run: what a layer is made of before the layer itself. */
export function runOrder(rows: readonly Pick<LoweredRow<unknown>, "depth">[]): readonly number[] {
  const order: number[] = [];
  const open: { readonly index: number; readonly depth: number }[] = [];
  for (const [index, { depth }] of rows.entries()) {
    for (let last = open.at(-1); last !== undefined && last.depth >= depth; last = open.at(-1)) {
      order.push(last.index);
      open.pop();
    }
    open.push({ index, depth });
  }
  return [...order, ...open.map((it) => it.index).reverse()];
}
