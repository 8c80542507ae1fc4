import type { Machine } from "../../../../interpreter/machine.ts";
import type { PlacedEdit } from "../../../../interpreter/record.ts";
import { type Arg, stringOf, type TensorValue } from "../../../../interpreter/values.ts";
import { hasRank } from "../../../../tensor/shape.ts";
import type { Ranked } from "../../../operation/ranked.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import { wrapped } from "../passedOn.ts";
import { changeOf } from "../whereSaid.ts";
import type { Pair } from "./clash.ts";
import type { Explanation } from "./index.ts";
import { pathTo } from "./path.ts";
import { insideOf, type Merge, shortcut } from "./shortcut.ts";

/** Tensors whose last axes are unlike: a layer before one of them has another width than it should. */

/** Layers that leave the last axis as it is. */
const KEEPING = new RegExp(
  "^(?:Activation|BatchNormalization|LayerNormalization|\\w*Dropout\\w*|(?:Leaky|P)?ReLU|\\w*Pooling\\w*|" +
    "(?:UpSampling|ZeroPadding|Cropping)\\dD)$",
);

interface Width {
  readonly record: LayerRecord;
  readonly arg: Arg & { readonly place: NonNullable<Arg["place"]> };
  readonly name: string;
  /** How often it stands in the tensor's: twice where a layer runs both ways. */
  readonly times: number;
}
/** The layer that decided how wide a tensor is. */
function widthOf(m: Machine, tensor: TensorValue): Width | undefined {
  for (const outer of pathTo(m, tensor)) {
    const record = wrapped(m, outer) ?? outer;
    for (const name of ["units", "filters", "output_dim"]) {
      const arg = record.args[name];
      if (arg?.place === undefined) continue;
      const { declared, args } = outer;
      const isTwice = declared === "Bidirectional" && !/^(?:sum|mul|ave)$/.test(textOf(args["merge_mode"]));
      return { record, arg: { ...arg, place: arg.place }, name, times: isTwice ? 2 : 1 };
    }
    if (!KEEPING.test(record.declared ?? "") && !isLone(record)) return undefined;
  }
  return undefined;
}
const textOf = (arg: Arg | undefined): string => stringOf(arg?.value) ?? "";
/** A Flatten of one vector: the axis stays as long. */
const isLone = ({ declared, inputs }: LayerRecord): boolean => {
  const shape = inputs?.[0]?.shape;
  return (
    declared === "Flatten" && shape !== undefined && hasRank(shape) && shape.slice(1, -1).dims.every((it) => it === 1)
  );
};

/** The layer whose width is another: inside a block that goes around it, or else the one that was made later. */
export function widths(m: Machine, merge: Merge, pair: Pair): Explanation | undefined {
  const { a, b, axes } = pair;
  if (axes.some((axis) => axis !== a.shape.rank - 1)) return undefined;
  const inside = insideOf(m, pair);
  const order = inside === undefined ? (isStretched(a, b) ? [a, b] : [b, a]) : inside === a ? [a] : [b];
  const pooled = pooledInstead(m, a, b) ?? pooledInstead(m, b, a);
  if (pooled !== undefined) return pooled;
  const set = order.flatMap((it) => {
    const width = widthOf(m, it);
    const wanted = (it === a ? b : a).shape.last;
    if (width === undefined || typeof wanted !== "number" || wanted % width.times !== 0) return [];
    const edit = changeOf(m, width.record, width.arg, width.name, String(wanted / width.times));
    return [{ width, repair: { title: edit.text, preferred: false, edits: [edit] } }];
  });
  const [first] = set;
  if (first === undefined) return undefined;
  const repairs = set.map(({ repair }) => repair);
  const projected = shortcut(m, merge, pair);
  // A convolution's own width is meant; what goes around it is brought to it.
  const all = projected === undefined ? repairs : [projected, ...repairs];
  return {
    place: projected === undefined ? first.repair.edits[0]?.place : undefined,
    repairs: all.map((it, i) => ({ ...it, preferred: i === 0 })),
  };
}

/** A Flatten put steps side by side of which each is as wide as the other tensor: their mean is too. */
function pooledInstead(m: Machine, wide: Ranked, other: Ranked): Explanation | undefined {
  const flatten = pathTo(m, wide).find(({ declared }) => declared === "Flatten" || !KEEPING.test(declared ?? ""));
  const shape = flatten?.inputs?.[0]?.shape;
  const isFlat = flatten?.declared === "Flatten" && shape !== undefined && hasRank(shape) && shape.rank === 3;
  if (!isFlat || shape.last !== other.shape.last) return undefined;
  const edits: PlacedEdit[] = [{ place: flatten.place, text: "Flatten GlobalAveragePooling1D", form: "respell" }];
  return { place: flatten.place, repairs: [{ title: "GlobalAveragePooling1D", preferred: true, edits }] };
}

/** The one is repeated along axes of the other: it is what fits itself to that. */
const isStretched = ({ shape: a }: Ranked, { shape: b }: Ranked): boolean =>
  a.dims.some((dim, i) => i > 0 && i < a.rank - 1 && dim === 1 && b.at(i) !== 1);
