import { callValue } from "../../interpreter/calls.ts";
import { listOf } from "../../interpreter/containers.ts";
import type { Machine } from "../../interpreter/machine.ts";
import type { TensorValue, Value } from "../../interpreter/values.ts";
import { hasRank } from "../../tensor/shape.ts";
import { type Step, stepOf } from "./history.ts";
import type { Made } from "./recipes.ts";
import { replaced } from "./settled.ts";

/** Which of NumPy's functions give another look at the same memory. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));
/** Always. */
const VIEWS = words(
  "T MT MatrixTranspose Transpose PermuteDims Swapaxes Moveaxis Rollaxis Squeeze ExpandDims Flip Fliplr Flipud Rot90 " +
    "Atleast1d Atleast2d Atleast3d Split ArraySplit Hsplit Vsplit Dsplit Unstack Diagonal BroadcastTo BroadcastArrays",
);
/** Where the elements lie in order; a copy otherwise. */
const ORDERED = words("Reshape Ravel Ascontiguousarray");
/** Where the type stays as it was; the very array, or a view of it. */
const SAME_TYPE = words("Asarray Asanyarray Ascontiguousarray Asfortranarray Require View");
/** With `copy=False`, where the type stays. */
const NOT_COPIED = words("Array Astype");
const isNotCopied = ({ args }: Step): boolean =>
  args?.list.some(
    ({ name, value }) => name === "copy" && (value.kind === "none" || value.kind !== "bool" || !value.value),
  ) === true;
const isNamed = ({ args }: Step, name: string): boolean => args?.list.some((it) => it.name === name) === true;
/** The elements of what these give lie in order. */
const IN_ORDER = words(
  "Zeros Ones Empty Full Arange Linspace Logspace Geomspace Eye Identity Tri Concatenate Stack Hstack Vstack Dstack " +
    "Tile Repeat Array Copy Normal Uniform Rand Randn Randint Random RandomSample Integers StandardNormal Permutation",
);

/** Whether an array that a step made has its memory from the first of what the step was given. */
export function sharing(m: Machine, array: TensorValue, step: Step): "same" | "view" | "maybe" | undefined {
  const { type } = step;
  const base = step.inputs[0];
  // What is one number is no array any more, but a number of its own.
  if (base === undefined || base.family !== array.family || (hasRank(array.shape) && array.shape.rank === 0))
    return undefined;
  // Arrays in a list are copied into a new one.
  const given = step.args?.list[0]?.value.kind;
  if (given === "list" || given === "tuple") return undefined;
  if (type === "GetItem") return ofIndex(m, step.args?.list[1]?.value);
  if (SAME_TYPE.has(type) && array.dtype !== undefined && base.dtype !== undefined && array.dtype !== base.dtype)
    return type === "View" ? "maybe" : undefined;
  if (NOT_COPIED.has(type)) return isNotCopied(step) && array.dtype === base.dtype ? "same" : undefined;
  if (ORDERED.has(type)) return isInOrder(m, base) && !isNamed(step, "order") ? "view" : "maybe";
  return VIEWS.has(type) ? "view" : SAME_TYPE.has(type) ? "same" : undefined;
}

/** Numbers, slices, `None` and `...` make a view; a list and an array of places make a copy. */
function ofIndex(m: Machine, index: Value | undefined): "view" | "maybe" | undefined {
  const parts = index?.kind === "tuple" ? index.items : [index];
  const kinds = parts.map((it) => partKind(m, it));
  if (kinds.includes("copy")) return undefined;
  return kinds.includes("maybe") ? "maybe" : "view";
}
function partKind(m: Machine, part: Value | undefined): "view" | "copy" | "maybe" {
  switch (part?.kind) {
    case "int":
    case "slice":
    case "none":
    case "ellipsis":
      return "view";
    case "tensor":
      return hasRank(part.shape) && part.shape.rank === 0 && part.dtype?.includes("int") ? "view" : "copy";
    case "list":
      return listOf(m, part).rest === undefined ? "copy" : "maybe";
    case "bool":
      return "copy";
    default:
      return "maybe";
  }
}

/** Arrays that are looked at to know how one lies in memory. */
const MOST_ARRAYS = 100;

/** The elements certainly lie one behind the other, in the order of the axes. */
function isInOrder(m: Machine, array: TensorValue): boolean {
  const seen = new Set<number>();
  const waiting = [array];
  for (let it = waiting.pop(); it !== undefined; it = waiting.pop()) {
    if (seen.has(it.id)) continue;
    seen.add(it.id);
    const like = liesAs(stepOf(m, it));
    if (like === undefined || seen.size > MOST_ARRAYS) return false;
    waiting.push(...like);
  }
  return true;
}
/** The arrays that lie in order where this one does; undefined where it may not. */
function liesAs(step: Step | undefined): readonly TensorValue[] | undefined {
  if (step === undefined || (VIEWS.has(step.type) && !IN_ORDER.has(step.type))) return undefined;
  if (ORDERED.has(step.type)) return [];
  if (IN_ORDER.has(step.type)) return step.inputs;
  const [base] = step.inputs;
  if (base === undefined) return undefined;
  if (step.type === "GetItem") return isFirst(step.args?.list[1]?.value) ? [base] : undefined;
  // What writing makes lies as what was written into; other arithmetic as its operands.
  return step.type === "SetItem" || step.type === "Put" ? [base] : step.inputs;
}
const isFirst = (index: Value | undefined): boolean =>
  index?.kind === "int" || (index?.kind === "slice" && index.step.kind === "none");

/** What a call gives for another array in the place of the one that it was given. */
export function handedOn(
  m: Machine,
  { recipe, index }: Made,
  from: TensorValue,
  to: TensorValue,
): TensorValue | undefined {
  const list = recipe.args.list.map((it) => ({
    ...it,
    value: replaced(m, it.value, (tensor) => (tensor.id === from.id ? to : tensor)),
  }));
  const given = callValue(m, recipe.function, { ...recipe.args, list });
  const results = given.kind === "tuple" ? given.items : given.kind === "list" ? listOf(m, given).items : [given];
  const found = results[index];
  return found?.kind === "tensor" ? found : undefined;
}
