import type { Repair } from "../../../../interpreter/record.ts";
import type { Expression } from "../../../../python/syntax.ts";
import { product } from "../../../../tensor/dim.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import { readShape } from "../../runtime/input.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import { said } from "../setArgument.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";

/** A target with one axis changed so that the elements fit, the last axis first; or as many units before it. */
export function reshapeTarget({ m, record, violation, tensors }: Refusal): Explanation | undefined {
  const [shape, arg] = [tensors[0]?.shape, record.args["target_shape"]];
  if (violation.code !== "bad-reshape" || arg?.place === undefined || shape === undefined || !hasRank(shape))
    return undefined;
  const count = product(shape.dims.slice(1));
  const target = readShape(m, arg.value);
  if (typeof count !== "number" || !hasRank(target)) return undefined;
  const { place } = arg;
  const dims = target.dims.filter((it) => typeof it === "number");
  if (dims.length !== target.rank) return undefined;
  const targets = dims.flatMap((_, back) => {
    const at = dims.length - 1 - back;
    const size = count / dims.filter((__, i) => i !== at).reduce((a, b) => a * b, 1);
    return Number.isInteger(size) && size > 0 ? [dims.with(at, size)] : [];
  });
  // Features that are the input's own stay; else the last axis is the likeliest to be wrong.
  if (shape.last === dims.at(-1))
    targets.sort((a, b) => Number(b.at(-1) === shape.last) - Number(a.at(-1) === shape.last));
  const text = (it: readonly number[]) => `(${it.join(", ")}${it.length === 1 ? "," : ""})`;
  // Sizes that have names are meant: what comes before is of another.
  const isMeant = isOfNames(arg.node);
  const repairs = targets.map((it, i): Repair => {
    const fresh = said(arg, "target_shape", text(it));
    return { title: fresh, preferred: i === 0 && !isMeant, isDoubtful: isMeant, edits: [{ place, text: fresh }] };
  });
  const units = unitsBefore(makerOf(m, tensors[0]), dims);
  const [first] = units;
  if (!isMeant || first === undefined) return { repairs: [...repairs, ...units] };
  return { place: first.edits[0]?.place, repairs: [{ ...first, preferred: true }, ...repairs] };
}
const isOfNames = (node: Expression | undefined): boolean =>
  (node?.kind === "Tuple" || node?.kind === "List") && node.items.some(({ kind }) => NAMING.has(kind));
const NAMING = new Set(["Name", "Attribute", "Subscript"]);

/** The Dense before it, with as many units as the target has elements. */
function unitsBefore(before: LayerRecord | undefined, dims: readonly number[]): readonly Repair[] {
  const units = before?.args["units"];
  if (units?.place === undefined) return [];
  const text = said(units, "units", dims.join(" * "));
  return [{ title: text, preferred: false, edits: [{ place: units.place, text }] }];
}
