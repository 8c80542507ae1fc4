import { numberOf, onlyValue, type Value } from "../../../../interpreter/values.ts";
import { type Builder, refuse, type Tensor } from "../../../../lowering/builder.ts";

/** `x[index]` for whole numbers, slices, `None` and `...`; `output` is the shape that it yields. */
export function indexedTensor(g: Builder, x: Tensor, index: Value | undefined, output: readonly number[]): Tensor {
  const parts = index?.kind === "tuple" ? index.items : [index];
  const taken = parts.filter((it) => it?.kind !== "none" && it?.kind !== "ellipsis").length;
  let y = x;
  let axis = 0;
  for (const part of parts) {
    if (part?.kind === "none") continue;
    if (part?.kind === "ellipsis") axis += x.shape.length - taken;
    else y = along(g, y, axis++, part);
  }
  // Each number leaves an axis of size 1, and `None` makes one: the output's shape says which are there.
  return g.reshape(y, output);
}

function along(g: Builder, x: Tensor, axis: number, part: Value | undefined): Tensor {
  const size = x.shape[axis] ?? 0;
  const at = numberIn(part);
  if (at !== undefined) {
    const start = at < 0 ? at + size : at;
    return g.slice(x, axis, start, start + 1);
  }
  if (part?.kind !== "slice") return refuse("an index that is not a number or a slice is not lowered yet");
  const step = bound(part.step) ?? 1;
  const [first, last] = [bound(part.lower), bound(part.upper)];
  const turned = (n: number): number => Math.min(Math.max(n < 0 ? n + size : n, 0), size);
  if (step === -1 && first === undefined && last === undefined) return g.reverse(x, axis);
  if (step < 1) return refuse("a slice backwards is not lowered yet");
  const start = first === undefined ? 0 : turned(first);
  const end = last === undefined ? size : turned(last);
  return start === 0 && end === size && step === 1 ? x : g.slice(x, axis, start, Math.max(start, end), step);
}
function bound(value: Value | undefined): number | undefined {
  if (value === undefined || value.kind === "none") return undefined;
  return numberIn(value) ?? refuse("a bound of a slice is not known");
}
/** A plain number, or a tensor that holds one that is known: a size of another. */
const numberIn = (value: Value | undefined): number | undefined =>
  value?.kind === "tensor" ? onlyValue(value) : numberOf(value);
