import type { PlacedEdit, Repair } from "../../../../interpreter/record.ts";
import { hasRank, type Shape } from "../../../../tensor/shape.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import { insertBefore } from "../insert.ts";
import { said } from "../setArgument.ts";
import type { Explanation, Refusal } from "./index.ts";

const FAMILY = /^(Conv|MaxPooling|AveragePooling|GlobalMaxPooling|GlobalAveragePooling|UpSampling|ZeroPadding)(\d)D$/;

/** A layer of the family for another number of axes: MaxPooling2D behind a Conv1D. */
export function otherRank({ record, violation, tensors }: Refusal): Explanation | undefined {
  const shape = tensors[0]?.shape;
  const family = FAMILY.exec(record.declared ?? "");
  if (violation.constraint !== "input-rank" || family === null || shape === undefined || !hasRank(shape))
    return undefined;
  const axes = shape.rank - 2;
  if (axes < 1 || axes > 3) return undefined;
  const name = `${family[1]}${axes}D`;
  const sizes = sizeEdits(record);
  const fuller = withChannel(record, shape, Number(family[2]));
  if (sizes === undefined) return fuller.length > 0 ? { repairs: fuller } : undefined;
  const respelled: PlacedEdit = { place: record.place, text: `${record.declared} ${name}`, form: "respell" };
  return { repairs: [{ title: name, preferred: true, edits: [respelled, ...sizes] }, ...fuller] };
}

/** `Reshape((40, 300, 1))` before it: what goes in is taken for a picture of one channel. */
function withChannel(record: LayerRecord, shape: Shape, axes: number): readonly Repair[] {
  const sample = shape.dims.slice(1);
  const open = sample.filter((it) => typeof it !== "number");
  if (shape.rank !== axes + 1 || open.length > 1) return [];
  const layer = `Reshape((${sample.map((it) => (typeof it === "number" ? it : -1)).join(", ")}, 1))`;
  return [{ title: `Insert ${layer}`, preferred: false, edits: insertBefore(record, layer) }];
}

/** Sizes written for each axis become one number for all, where they are all the same. */
function sizeEdits({ args }: LayerRecord): readonly PlacedEdit[] | undefined {
  const edits: PlacedEdit[] = [];
  for (const name of ["kernel_size", "pool_size", "strides", "size", "padding", "dilation_rate"]) {
    const arg = args[name];
    if (arg === undefined || arg.value.kind !== "tuple") continue;
    const [first] = arg.value.items;
    const same = arg.value.items.every((it) => it.kind === "int" && first?.kind === "int" && it.size === first.size);
    if (!same || first?.kind !== "int" || arg.place === undefined) return undefined;
    edits.push({ place: arg.place, text: said(arg, name, String(first.size)) });
  }
  return edits;
}
