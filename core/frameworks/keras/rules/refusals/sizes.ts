import type { Machine } from "../../../../interpreter/machine.ts";
import type { PlacedEdit } from "../../../../interpreter/record.ts";
import type { Arg, Value } from "../../../../interpreter/values.ts";
import { asNumber, provablyEqual } from "../../../../tensor/dim.ts";
import { hasRank, type Shape } from "../../../../tensor/shape.ts";
import type { Ranked } from "../../../operation/ranked.ts";
import type { LayerRecord } from "../../runtime/records.ts";
import { setArgument } from "../setArgument.ts";
import { isSpatial, type Pair } from "./clash.ts";
import { halvedOnce } from "./halves.ts";
import type { Explanation } from "./index.ts";
import { otherLevel } from "./otherLevel.ts";
import { pathTo } from "./path.ts";

/** Tensors of unlike rows, columns or steps: one of them lost some on its way. */

/** One convolution without padding among others that have it took rows and columns away. */
export function narrowed(m: Machine, pair: Pair): Explanation | undefined {
  if (!isSpatial(pair)) return undefined;
  const { a, b, axes } = pair;
  const axis = axes[0] ?? 1;
  const small = asNumber(a.shape.at(axis)) < asNumber(b.shape.at(axis)) ? a : b;
  const odd = unpadded(pathTo(m, small));
  if (odd === undefined) return undefined;
  const edit = setArgument(odd, "padding", '"same"');
  return {
    place: odd.args["padding"]?.place ?? odd.place,
    repairs: [{ title: 'padding="same"', preferred: true, edits: [edit] }],
  };
}

/** A layer that only cuts rows off, or puts some on, and without which the two would be alike. */
export function cutOff(m: Machine, pair: Pair): Explanation | undefined {
  if (!isSpatial(pair)) return undefined;
  const { a, b, axes } = pair;
  for (const [own, other] of [[a, b] as const, [b, a] as const])
    for (const { declared = "", inputs, outputs, place } of pathTo(m, own)) {
      const [before, after] = [inputs?.[0]?.shape, outputs !== undefined && "shape" in outputs && outputs.shape];
      if (before === undefined || !after || !hasRank(before) || !hasRank(after) || before.rank !== own.shape.rank)
        break;
      const isAt = (shape: Shape, like: Shape) => axes.every((axis) => provablyEqual(shape.at(axis), like.at(axis)));
      if (!isAt(after, own.shape)) break;
      if (!/^(?:Cropping|ZeroPadding)\dD$/.test(declared) || !isAt(before, other.shape)) continue;
      const edits = [{ place, text: "", form: "no layer" }];
      return { place, repairs: [{ title: `Without this ${declared}`, preferred: true, edits }] };
    }
  return undefined;
}

/** The convolution, or the pooling as one, without padding on a path, if there is only one. */
export function unpadded(path: readonly LayerRecord[]): LayerRecord | undefined {
  const valid = path.filter(isUnpadded);
  const [odd] = valid;
  return valid.length === 1 ? odd : undefined;
}
const isUnpadded = ({ declared = "", args }: LayerRecord): boolean =>
  (/^(?:Separable)?Conv\dD$/.test(declared) || (/Pooling\dD$/.test(declared) && isStep(args["strides"]))) &&
  !isSame(args["padding"]) &&
  !isOne(args);
/** Step by step, as a convolution goes: said, since a pooling steps over its window by itself. */
const isStep = (arg: Arg | undefined): boolean =>
  arg?.value.kind === "tuple" ? arg.value.items.every(isInt1) : arg !== undefined && isInt1(arg.value);
const isInt1 = (value: Value): boolean => value.kind === "int" && value.size === 1;
const isSame = (arg: Arg | undefined): boolean => arg?.value.kind === "str" && arg.value.value === "same";
const isOne = ({ kernel_size: it }: LayerRecord["args"]): boolean => it?.value.kind === "int" && it.value.size === 1;

/** A size that is odd was halved and doubled: the few rows and columns that it lost are put back. */
export function rimmed(m: Machine, merge: LayerRecord | undefined, pair: Pair): Explanation | undefined {
  if (!isSpatial(pair) || merge === undefined) return undefined;
  const { a, b, at, axes } = pair;
  const count = a.shape.rank - 2;
  const isSmall = asNumber(a.shape.at(axes[0] ?? 1)) < asNumber(b.shape.at(axes[0] ?? 1));
  const [small, large, index] = isSmall ? [a, b, at.a] : [b, a, at.b];
  const other =
    otherLevel(m, merge, large, isSmall ? at.b : at.a, small.shape) ?? otherLevel(m, merge, small, index, large.shape);
  if (other !== undefined) return other;
  const cropped = croppedAround(m, merge, { small, large, index: isSmall ? at.b : at.a });
  if (cropped !== undefined) return cropped;
  const halved = halvedOnce(m, large, large.shape, small.shape);
  const rims = Array.from(
    { length: count },
    (_, i) => asNumber(large.shape.at(i + 1)) - asNumber(small.shape.at(i + 1)),
  );
  const isDoubled = pathTo(m, small).some(({ declared }) =>
    /^(?:UpSampling|Conv)\dD(?:Transpose)?$/.test(declared ?? ""),
  );
  if (!isDoubled || count > 3 || rims.some((rim) => !(rim >= 0 && rim < 8))) return undefined;
  const pads = rims.map((rim) => `(0, ${rim})`).join(", ");
  const layer = `ZeroPadding${count}D(${count === 1 ? pads : `(${pads})`})`;
  const edit: PlacedEdit = {
    place: merge.called ?? merge.place,
    text: `${index} ${merge.declared} ${layer}`,
    form: "around item",
  };
  const padding = { title: `Insert ${layer}`, preferred: halved === undefined, edits: [edit] };
  return { place: halved?.place, repairs: [...(halved?.repairs ?? []), padding] };
}

interface Skip {
  readonly small: Ranked;
  readonly large: Ranked;
  /** Which of the merged the large one is. */
  readonly index: number;
}
/** A network of convolutions without padding: what is handed across is cut to the middle of it. */
function croppedAround(m: Machine, merge: LayerRecord, { small, large, index }: Skip): Explanation | undefined {
  const path = pathTo(m, small);
  const count = large.shape.rank - 2;
  const rims = Array.from(
    { length: count },
    (_, i) => asNumber(large.shape.at(i + 1)) - asNumber(small.shape.at(i + 1)),
  );
  const isUp = /^(?:UpSampling\dD|Conv\dDTranspose)$/;
  const isBare = path.filter(isUnpadded).length > 1 && path.some(({ declared = "" }) => isUp.test(declared));
  if (!isBare || count > 3 || !rims.every((rim) => rim > 0)) return undefined;
  const sides = rims.map((rim) => `(${Math.floor(rim / 2)}, ${Math.ceil(rim / 2)})`);
  const [rim = 0] = rims;
  const isEven = rim % 2 === 0 && rims.every((it) => it === rim);
  const layer = `Cropping${count}D(${isEven ? rim / 2 : count === 1 ? sides.join() : `(${sides.join(", ")})`})`;
  const text = `${index} ${merge.declared} ${layer}`;
  const edits: PlacedEdit[] = [{ place: merge.called ?? merge.place, text, form: "around item" }];
  return { place: merge.called, repairs: [{ title: `Insert ${layer}`, preferred: true, edits }] };
}

/** A convolution that only matches channels steps over as many rows as the block that it goes around. */
export function strided(m: Machine, pair: Pair): Explanation | undefined {
  if (!isSpatial(pair)) return undefined;
  const { a, b, axes } = pair;
  const [large, small] = asNumber(a.shape.at(axes[0] ?? 1)) > asNumber(b.shape.at(axes[0] ?? 1)) ? [a, b] : [b, a];
  const [shortcut] = pathTo(m, large);
  const ratios = new Set(axes.map((axis) => asNumber(large.shape.at(axis)) / asNumber(small.shape.at(axis))));
  const [ratio] = ratios;
  if (shortcut === undefined || !isOne(shortcut.args) || ratios.size !== 1 || !Number.isInteger(ratio))
    return undefined;
  if (shortcut.args["strides"] !== undefined) return undefined;
  const named = pathTo(m, small).flatMap(({ args: { strides } }) => (strides?.node?.kind === "Name" ? [strides] : []));
  const word = named[0]?.node?.kind === "Name" ? named[0].node.name : String(ratio);
  const edit = setArgument(shortcut, "strides", word);
  return { place: edit.place, repairs: [{ title: edit.text, preferred: true, edits: [edit] }] };
}
