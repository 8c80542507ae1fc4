import { hasRank } from "../../../../tensor/shape.ts";
import { type Explanation, makerOf, type Refusal } from "./index.ts";

/** A Flatten of an axis of any size leaves no size for the weights behind it: a pooling over that axis does. */
export function undefinedAxis({ m, violation, tensors }: Refusal): Explanation | undefined {
  const flatten = makerOf(m, tensors[0]);
  if (violation.code !== "undefined-last-axis" || flatten?.declared !== "Flatten") return undefined;
  const shape = flatten.inputs?.[0]?.shape;
  const axes = shape !== undefined && hasRank(shape) ? shape.rank - 2 : 0;
  if (axes < 1 || axes > 3) return undefined;
  const name = `GlobalAveragePooling${axes}D`;
  const edit = { place: flatten.place, text: `Flatten ${name}`, form: "respell" };
  return { repairs: [{ title: `${name} in the place of Flatten`, preferred: true, edits: [edit] }] };
}
